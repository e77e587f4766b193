package dev.steadymail.server.people;

import dev.steadymail.server.tenants.Tenancy;
import dev.steadymail.server.web.FaultTrace;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Forgets, every hour, failed logins of a day ago, sessions and tokens that ended, and what the audit log kept for a year. Thread-safe. */
@Component
class PeopleCleaning implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(PeopleCleaning.class);
    private static final Duration PAUSE = Duration.ofHours(1);
    private static final int AT_ONCE = 1_000;

    /** What is left over after so many parts has to wait for the next hour. */
    private static final int MOST_PARTS = 100;

    private final FailedLogins failures;
    private final LoginSessions sessions;
    private final ApiTokens tokens;
    private final AuditLog audit;
    private final JdbcClient database;
    private final ScheduledExecutorService worker = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "people-cleaning");
        thread.setDaemon(true);
        return thread;
    });
    private volatile boolean running;

    PeopleCleaning(
            FailedLogins failures, LoginSessions sessions, ApiTokens tokens, AuditLog audit, JdbcClient database) {
        this.failures = failures;
        this.sessions = sessions;
        this.tokens = tokens;
        this.audit = audit;
        this.database = database;
    }

    @Override
    public void start() {
        var unused =
                worker.scheduleWithFixedDelay(this::cleanOrSay, PAUSE.toSeconds(), PAUSE.toSeconds(), TimeUnit.SECONDS);
        running = true;
    }

    @Override
    public void stop() {
        running = false;
        worker.shutdownNow();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    private void cleanOrSay() {
        try {
            clean();
        } catch (RuntimeException away) {
            LOG.warn("what is over of people and logins stays for another hour: {}", FaultTrace.of(away));
        }
    }

    void clean() {
        inParts(() -> failures.forgetOld(AT_ONCE));
        inParts(() -> sessions.forget(AT_ONCE));
        inParts(() -> tokens.forget(AT_ONCE));
        database.sql("select id from organisation")
                .query(UUID.class)
                .list()
                .forEach(organisation -> Tenancy.in(organisation, () -> inParts(() -> audit.forget(AT_ONCE))));
    }

    private static void inParts(IntSupplier forget) {
        int parts = 0;
        while (forget.getAsInt() == AT_ONCE && parts < MOST_PARTS) {
            parts++;
        }
    }
}
