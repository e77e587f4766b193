package dev.steadymail.testkit.sync;

import dev.steadymail.MailClient;
import dev.steadymail.MailRuntime;
import dev.steadymail.guard.GuardProfile;
import dev.steadymail.guard.GuardSettings;
import dev.steadymail.guard.RetryPolicy;
import dev.steadymail.mail.Email;
import dev.steadymail.mail.EmailId;
import dev.steadymail.mail.MailException;
import dev.steadymail.provider.Call;
import dev.steadymail.provider.MailAccount;
import dev.steadymail.provider.RawVisitor;
import dev.steadymail.sync.EmailLoader;
import dev.steadymail.sync.EmailLoader.Loaded;
import dev.steadymail.sync.ParkedEmail;
import dev.steadymail.sync.SyncEngine.SyncOptions;
import dev.steadymail.sync.SyncReport;
import dev.steadymail.sync.SyncStore;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/** One life of a process that syncs, with a client of its own; it knows nothing but the store. Belongs to one thread. */
final class SyncProcess implements AutoCloseable {
    private static final Duration LONG = Duration.ofMinutes(5);

    private final MailRuntime runtime;
    private final MailClient client;
    private final SyncStore store;
    private final SyncHistory history;
    private final SyncTrouble trouble;
    private final EmailLoader loader;
    private final int readTogether;
    private int loaded;

    SyncProcess(
            MailAccount account,
            int attempts,
            int readTogether,
            SyncStore store,
            SyncHistory history,
            SyncTrouble trouble,
            UnaryOperator<EmailLoader> loaders) {
        this.runtime = runtime(attempts);
        this.client = runtime.open(account);
        this.readTogether = readTogether;
        this.store = store;
        this.history = history;
        this.trouble = trouble;
        this.loader = loaders.apply(this::load);
    }

    /** Requests go one by one, as they come, and are repeated at once: what is simulated must not be up to time or threads. */
    private static MailRuntime runtime(int attempts) {
        GuardSettings unhurried = GuardSettings.builder()
                .maxInFlight(1)
                .starts(1_000_000, Duration.ofSeconds(1))
                .attemptTimeout(LONG)
                .failureRate(100)
                .openFor(Duration.ofMillis(1))
                .retryPolicy(new RetryPolicy(attempts, Duration.ZERO, Duration.ZERO))
                .build();
        return MailRuntime.builder()
                .guard(account -> GuardProfile.alone(unhurried))
                .callTimeout(LONG)
                .build();
    }

    SyncReport run(int pageSize) {
        loaded = 0;
        return client.sync(store, this::loadOrDie, new SyncOptions(Set.of(), pageSize, LONG))
                .run(report -> trouble.crash("between.pages"));
    }

    /** Returns how many emails the last run read. */
    int loaded() {
        return loaded;
    }

    private Loaded loadOrDie(List<EmailId> ids, Call call) {
        trouble.crash("before.reading");
        Loaded read = loader.load(ids, call);
        trouble.crash("after.reading");
        return read;
    }

    private Loaded load(List<EmailId> ids, Call call) {
        Reading reading = new Reading();
        for (int from = 0; from < ids.size(); from += Math.min(readTogether, ids.size())) {
            client.with(call)
                    .emails()
                    .raw(ids.subList(from, from + Math.min(readTogether, ids.size() - from)), reading);
        }
        loaded += reading.emails.size();
        return new Loaded(reading.emails, reading.parked);
    }

    /** The process ends; the store is closed by whoever opens it again. */
    @Override
    public void close() {
        runtime.close();
    }

    private final class Reading implements RawVisitor {
        private final List<Email> emails = new ArrayList<>();
        private final List<ParkedEmail> parked = new ArrayList<>();

        @Override
        public void message(Email email, InputStream content) throws IOException {
            history.read(email.id(), SimulatedEmail.fingerprint(content.readAllBytes()));
            emails.add(email);
        }

        @Override
        public void unreadable(EmailId id, MailException reason) {
            parked.add(new ParkedEmail(id, reason.kind().name()));
        }
    }
}
