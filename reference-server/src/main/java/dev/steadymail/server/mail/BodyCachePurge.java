package dev.steadymail.server.mail;

import dev.steadymail.server.tenants.Tenancy;
import dev.steadymail.server.web.FaultTrace;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Removes what has expired from {@link BodyCache}, once a minute, organisation by organisation. Every node does; they do the same work, and
 * none needs the others. Thread-safe.
 */
@Component
class BodyCachePurge implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(BodyCachePurge.class);
    private static final Duration PAUSE = Duration.ofMinutes(1);
    /** Of one organisation in one round, so that each statement is short and each organisation has its turn. */
    private static final int MOST_AT_ONCE = 1_000;

    private static final int MOST_PARTS = 20;

    private final JdbcClient database;
    private final BodyCache cache;
    private volatile @Nullable ScheduledExecutorService rounds;

    BodyCachePurge(JdbcClient database, BodyCache cache) {
        this.database = database;
        this.cache = cache;
    }

    @Override
    public void start() {
        ScheduledExecutorService fresh = Executors.newSingleThreadScheduledExecutor(round -> {
            Thread thread = new Thread(round, "body-cache-purge");
            thread.setDaemon(true);
            return thread;
        });
        var unused = fresh.scheduleWithFixedDelay(
                this::guardedRound, PAUSE.toMillis(), PAUSE.toMillis(), TimeUnit.MILLISECONDS);
        rounds = fresh;
    }

    /** A round that is under way ends with the statement it is at. */
    @Override
    public void stop() {
        ScheduledExecutorService running = rounds;
        rounds = null;
        if (running != null) {
            running.shutdownNow();
        }
    }

    @Override
    public boolean isRunning() {
        return rounds != null;
    }

    /** Removes what has expired, in parts of {@value #MOST_AT_ONCE} and at most {@value #MOST_PARTS} of those for each organisation; returns how many. */
    int round() {
        int removed = 0;
        for (UUID organisation : database.sql("select id from organisation order by id")
                .query(UUID.class)
                .list()) {
            if (Thread.currentThread().isInterrupted()) {
                break;
            }
            removed += Tenancy.in(organisation, this::purged);
        }
        return removed;
    }

    private int purged() {
        int removed = 0;
        for (int part = 0; part < MOST_PARTS; part++) {
            int more = cache.removeExpired(MOST_AT_ONCE);
            removed += more;
            if (more < MOST_AT_ONCE) {
                break;
            }
        }
        return removed;
    }

    /** What is thrown out of a round would end all later ones. */
    private void guardedRound() {
        try {
            round();
        } catch (RuntimeException failure) {
            LOG.warn("expired content was not removed, the next round tries again: {}", FaultTrace.of(failure));
        }
    }
}
