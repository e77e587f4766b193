package dev.steadymail.server.discovery;

import dev.steadymail.accounts.ImapUrl;
import dev.steadymail.accounts.SmtpPlace;
import dev.steadymail.imap.ImapAccount;
import dev.steadymail.provider.HostResolver;
import dev.steadymail.server.accounts.PortPolicy;
import dev.steadymail.server.accounts.ServerFinder;
import dev.steadymail.server.discovery.Candidate.Confidence;
import dev.steadymail.server.discovery.Candidate.Source;
import dev.steadymail.server.discovery.Server.Protection;
import dev.steadymail.smtp.SmtpServer;
import dev.steadymail.time.Deadline;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Finds the servers of an address: in the table of known providers, or else by the domain's site, its mail exchangers, its name servers, and
 * names that many use, all at once and within five seconds. Hosts and ports that are not allowed are left out, as if they were not there.
 * Thread-safe.
 */
public final class Discovery implements ServerFinder, AutoCloseable {
    private static final Duration IN_ALL = Duration.ofSeconds(5);
    private static final int MOST_THREADS = 64;
    private static final long IDLE_SECONDS = 10;
    private static final int IMAPS = 993;
    private static final int SUBMISSIONS = 465;

    private final KnownProviders providers;
    private final NameServers names;
    private final Autoconfig sites;
    private final HostResolver hosts;
    private final PortPolicy ports;
    private final ExecutorService threads = new ThreadPoolExecutor(
            0, MOST_THREADS, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), Discovery::thread);

    Discovery(KnownProviders providers, NameServers names, Autoconfig sites, HostResolver hosts, PortPolicy ports) {
        this.providers = providers;
        this.names = names;
        this.sites = sites;
        this.hosts = hosts;
        this.ports = ports;
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "discovery");
        thread.setDaemon(true);
        return thread;
    }

    @Override
    public List<Found> find(String email) {
        return candidates(MailAddress.parse(email)).stream()
                .map(Discovery::found)
                .toList();
    }

    /** Returns the places, the likeliest first, each once. */
    List<Candidate> candidates(MailAddress address) {
        Deadline deadline = new Deadline(System.nanoTime() + IN_ALL.toNanos(), System::nanoTime);
        Optional<Candidate> known =
                providers.ofDomain(address.domain()).map(provider -> provider.candidate(address, Source.PROVIDER));
        return known.isPresent() ? List.of(known.get()) : distinct(asked(address, deadline));
    }

    private List<Candidate> asked(MailAddress address, Deadline deadline) {
        List<Future<Optional<Candidate>>> questions = new ArrayList<>();
        Autoconfig.places(address).forEach(place -> questions.add(ask(() -> sites.read(place, address, deadline))));
        questions.add(ask(() -> names.exchanger(address)));
        questions.add(ask(() -> names.services(address)));
        List.of("imap.", "mail.").forEach(name -> questions.add(ask(() -> guess(address, name))));
        List<Candidate> answers = new ArrayList<>();
        for (Future<Optional<Candidate>> question : questions) {
            answer(question, deadline).ifPresent(answers::add);
        }
        return answers;
    }

    /** Where everybody asks at once, some questions are left out. */
    private Future<Optional<Candidate>> ask(Callable<Optional<Candidate>> question) {
        try {
            return threads.submit(() -> question.call().flatMap(this::allowed));
        } catch (RejectedExecutionException busy) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
    }

    /** What takes too long, or fails for whatever reason, has nothing to say. */
    private static Optional<Candidate> answer(Future<Optional<Candidate>> question, Deadline deadline) {
        try {
            return question.get(Math.max(0, deadline.remaining().toNanos()), TimeUnit.NANOSECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | CancellationException | TimeoutException nothing) {
            // The other questions may have answers.
        }
        question.cancel(true);
        return Optional.empty();
    }

    private static Optional<Candidate> guess(MailAddress address, String name) {
        String host = name + address.domain();
        return Optional.of(new Candidate(
                Source.GUESS,
                Confidence.LOW,
                address.text(),
                new Server(host, IMAPS, Protection.TLS),
                null,
                Candidate.PASSWORD,
                null));
    }

    private Optional<Candidate> allowed(Candidate candidate) {
        Server imap = candidate.imap();
        if (!ports.isImapAllowed(imap.host(), imap.port()) || !isFound(imap.host())) {
            return Optional.empty();
        }
        return Optional.of(new Candidate(
                candidate.source(),
                candidate.confidence(),
                candidate.user(),
                imap,
                sending(candidate),
                candidate.logins(),
                candidate.hint()));
    }

    private @Nullable Server sending(Candidate candidate) {
        Server smtp = candidate.source() == Source.GUESS ? guessedSending(candidate) : candidate.smtp();
        return smtp != null && ports.isSmtpAllowed(smtp.host(), smtp.port()) && isFound(smtp.host()) ? smtp : null;
    }

    private static Server guessedSending(Candidate guess) {
        String host = guess.imap().host();
        String sending = host.startsWith("imap.") ? "smtp." + host.substring("imap.".length()) : host;
        return new Server(sending, SUBMISSIONS, Protection.TLS);
    }

    private boolean isFound(String host) {
        try {
            return !hosts.resolve(host).isEmpty();
        } catch (UnknownHostException unknown) {
            return false;
        }
    }

    private static List<Candidate> distinct(List<Candidate> candidates) {
        Set<Server> seen = new LinkedHashSet<>();
        return candidates.stream()
                .filter(candidate -> seen.add(candidate.imap()))
                .toList();
    }

    static Found found(Candidate candidate) {
        Server imap = candidate.imap();
        ImapUrl url = new ImapUrl(
                candidate.user(),
                imap.host(),
                imap.port(),
                imap.protection() == Protection.TLS ? ImapAccount.Security.IMPLICIT_TLS : ImapAccount.Security.STARTTLS,
                null);
        return new Found(
                url,
                place(candidate.smtp()),
                candidate.logins().contains("password"),
                candidate.isTrusted(),
                candidate.hint());
    }

    private static @Nullable SmtpPlace place(@Nullable Server smtp) {
        return smtp == null
                ? null
                : new SmtpPlace(
                        smtp.host(),
                        smtp.port(),
                        smtp.protection() == Protection.TLS
                                ? SmtpServer.Security.IMPLICIT_TLS
                                : SmtpServer.Security.STARTTLS);
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
