package dev.steadymail.server.idempotency;

import dev.steadymail.server.tenants.Tenancy;
import dev.steadymail.server.web.FaultTrace;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Forgets keys of which the time is over, every hour, organisation by organisation. Thread-safe. */
@Component
class KeyCleaning implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(KeyCleaning.class);
    private static final Duration PAUSE = Duration.ofHours(1);
    private static final int AT_ONCE = 1_000;

    /** What is left over after so many parts has to wait for the next hour. */
    private static final int MOST_PARTS = 100;

    private final KeyRows rows;
    private final JdbcClient database;
    private final ScheduledExecutorService worker = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "idempotency-cleaning");
        thread.setDaemon(true);
        return thread;
    });
    private volatile boolean running;

    KeyCleaning(KeyRows rows, JdbcClient database) {
        this.rows = rows;
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
            LOG.warn("old idempotency keys stay for another hour: {}", FaultTrace.of(away));
        }
    }

    void clean() {
        List<UUID> organisations =
                database.sql("select id from organisation").query(UUID.class).list();
        organisations.forEach(organisation -> Tenancy.in(organisation, this::cleanOne));
    }

    private void cleanOne() {
        int parts = 0;
        while (rows.forget(AT_ONCE) == AT_ONCE && parts < MOST_PARTS) {
            parts++;
        }
    }
}
