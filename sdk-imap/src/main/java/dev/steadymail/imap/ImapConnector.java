package dev.steadymail.imap;

import dev.steadymail.event.Telemetry;
import dev.steadymail.guard.Traffic;
import dev.steadymail.imap.ImapAccount.Security;
import dev.steadymail.imap.budget.HostBudget.Permit;
import dev.steadymail.imap.codec.CodecLimits;
import dev.steadymail.imap.codec.Response;
import dev.steadymail.imap.command.Capability;
import dev.steadymail.imap.command.Id;
import dev.steadymail.imap.command.StartTls;
import dev.steadymail.imap.quirk.ProviderQuirks;
import dev.steadymail.imap.quirk.Quirk;
import dev.steadymail.imap.sasl.LoginRefusals;
import dev.steadymail.imap.wire.Endpoint;
import dev.steadymail.imap.wire.ImapSession;
import dev.steadymail.imap.wire.Inbox;
import dev.steadymail.imap.wire.IoThreads;
import dev.steadymail.imap.wire.ProxyRoute;
import dev.steadymail.imap.wire.ReachFailure;
import dev.steadymail.imap.wire.ServerAddresses;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.provider.HostResolver;
import dev.steadymail.provider.ProviderContext;
import dev.steadymail.provider.SharedResources;
import dev.steadymail.time.Deadline;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Makes connections: finds the server, reaches it, protects the connection, heeds the greeting, logs in. Thread-safe. */
final class ImapConnector {
    private static final Duration GRACE = Duration.ofSeconds(5);

    private final ImapAccount account;
    private final ImapSettings settings;
    private final Traffic traffic;
    private final Telemetry telemetry;
    private final HostResolver resolver;
    private final SharedResources shared;
    private final ResponseClassifier classifier;
    private final ConnectFailure failures;
    private final LoginRefusals refusals = new LoginRefusals();

    ImapConnector(ImapAccount account, ProviderContext context, ResponseClassifier classifier) {
        this.account = account;
        this.settings = account.settings();
        this.traffic = context.traffic();
        this.telemetry = context.telemetry();
        this.resolver = context.resolver();
        this.shared = context.shared();
        this.classifier = classifier;
        this.failures = new ConnectFailure(account, classifier);
    }

    /**
     * Connects and logs in.
     *
     * @param opened hears of the connection before it is used, and how to break it
     * @param permit given back when the connection that was made ends
     */
    ImapConnection connect(Deadline deadline, Consumer<Runnable> opened, Permit permit) {
        refusals.requireUsable(account.credentials(), deadline);
        List<InetSocketAddress> addresses = addresses(account.host(), account.port());
        ProxyRoute proxy = proxy();
        ImapSession session = null;
        boolean connected = false;
        try {
            session = ImapSession.on(
                    shared.get(IoThreads.class, IoThreads::forThisMachine),
                    limits(),
                    traffic,
                    telemetry.protocolLog().connection(telemetry.protocol()));
            opened.accept(session::abort);
            session.onEnd(permit::giveBack);
            String greeting = greet(session, addresses, proxy);
            ProviderQuirks named = account.provider();
            login(session, named, deadline);
            introduce(session, named);
            compress(session);
            ProviderQuirks provider = ProviderQuirks.of(account.host(), greeting, session.capabilities());
            connected = true;
            return new ImapConnection(session, classifier, settings.readTimeout(), provider);
        } catch (IOException failure) {
            throw failures.explain(failure, session != null && isBelieved(session));
        } finally {
            if (session != null && !connected) {
                session.abort();
            }
        }
    }

    private void login(ImapSession session, ProviderQuirks provider, Deadline deadline) throws IOException {
        try {
            new LoginSequence(account, provider.has(Quirk.PREFERS_XOAUTH2), classifier).run(session, deadline);
            refusals.forget();
        } catch (MailException refused) {
            if (refused.kind() == Kind.AUTH) {
                refusals.count();
            }
            throw refused;
        }
    }

    /** Some providers refuse clients that do not say who they are (RFC 2971), and some tell the truth only when asked. */
    private void introduce(ImapSession session, ProviderQuirks provider) throws IOException {
        Duration silence = settings.loginTimeout();
        if (provider.has(Quirk.NEEDS_ID) && session.capabilities().contains("ID")) {
            Response.Completed unused =
                    Inbox.run(session, Id.of("steadymail", "0.1").command(), silence, reply -> {}, challenge -> "");
        }
        if (provider.has(Quirk.UNTRUE_CAPABILITIES)) {
            Response.Completed unused =
                    Inbox.run(session, new Capability().command(), silence, reply -> {}, challenge -> "");
        }
    }

    /** A server that states compression and refuses it then is used without. */
    private void compress(ImapSession session) throws IOException {
        if (settings.compression() && session.capabilities().contains("COMPRESS=DEFLATE")) {
            Duration silence = settings.loginTimeout();
            Response.Completed unused = await(session.compress(silence), silence);
        }
    }

    private CodecLimits limits() {
        CodecLimits usual = CodecLimits.DEFAULTS;
        return new CodecLimits(
                settings.maxLiteralBytes(),
                usual.maxLine(),
                usual.maxFetch(),
                usual.maxNumbers(),
                usual.maxDepth(),
                usual.maxTokens());
    }

    /** Plain text must not leave this machine on its way to a proxy either. */
    private @Nullable ProxyRoute proxy() {
        ImapProxy proxy = account.proxy();
        return proxy == null ? null : proxy.route(resolver, account.security() == Security.NONE_LOOPBACK_ONLY);
    }

    private List<InetSocketAddress> addresses(String host, int port) {
        return ServerAddresses.of(resolver, host, port, account.security() == Security.NONE_LOOPBACK_ONLY);
    }

    /** Returns how the server greeted, as far as that is believed. */
    private String greet(ImapSession session, List<InetSocketAddress> addresses, @Nullable ProxyRoute proxy)
            throws IOException {
        Endpoint endpoint = new Endpoint(
                account.host(),
                addresses,
                account.security() == Security.IMPLICIT_TLS,
                account.trust(),
                settings.connectTimeout(),
                settings.tlsTimeout(),
                settings.greetingTimeout(),
                proxy);
        Duration all = settings.connectTimeout().plus(settings.tlsTimeout()).plus(settings.greetingTimeout());
        Response.Untagged greeting = await(session.connect(endpoint), all);
        boolean believed = isBelieved(session);
        require(greeting, believed);
        if (account.security() == Security.STARTTLS) {
            startTls(session);
        }
        return believed ? greeting.said().text() : "";
    }

    /** Where TLS is to come, what is said before it may be anybody's. */
    private boolean isBelieved(ImapSession session) {
        return session.isSecured() || account.security() == Security.NONE_LOOPBACK_ONLY;
    }

    private void require(Response.Untagged greeting, boolean believed) {
        switch (greeting.status()) {
            case OK -> {}
            case BYE -> throw failures.farewell(greeting.said(), believed);
            case PREAUTH ->
                throw MailException.of(
                        Kind.PROTOCOL,
                        "the server logged us in before it was asked to, which is not trusted; check the host");
            default -> throw failures.notImap();
        }
    }

    private void startTls(ImapSession session) throws IOException {
        Duration all = settings.greetingTimeout().plus(settings.tlsTimeout());
        Response.Completed answer = await(session.startTls(new StartTls().command(), settings.greetingTimeout()), all);
        if (answer.status() != Response.Status.OK) {
            throw ReachFailure.untrusted(
                    account.host() + " refused STARTTLS, and nothing is sent without TLS; use implicit TLS on its port",
                    null);
        }
    }

    /** The session keeps its own limits; this one is for the day when it does not. */
    private static <T> T await(CompletableFuture<T> step, Duration limit) throws IOException {
        try {
            return step.get(limit.plus(GRACE).toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof IOException io ? io : new IOException("connecting failed", failed);
        } catch (TimeoutException late) {
            throw new IOException("connecting did not end", late);
        } catch (InterruptedException interrupt) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while connecting");
        }
    }
}
