package dev.steadymail.server.health;

import dev.steadymail.server.health.HealthDetails.Check;
import dev.steadymail.server.sync.SyncActivity;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Looks at what the service stands on, every two seconds and in the background: who asks how it is doing never waits, so that
 * many who ask cannot keep others from being served. Thread-safe.
 */
@Component
class HealthChecks implements SmartLifecycle {
    private static final Duration EVERY = Duration.ofSeconds(2);

    /** A look that takes longer than this finds nothing good. */
    private static final Duration VALID = Duration.ofSeconds(6);

    private static final int DATABASE_SECONDS = 2;

    private final DataSource database;
    private final ApplicationAvailability availability;
    private final List<LastAnswer> all;
    private final LastAnswer databaseAnswers;
    private final LastAnswer redisAnswers;
    private final LastAnswer syncGoesOn;
    private final SyncActivity sync;
    private final HealthSettings settings;
    private final boolean hasRedis;
    private @Nullable ScheduledExecutorService looking; // guarded by this

    HealthChecks(
            DataSource database,
            RedisCheck redis,
            SyncActivity sync,
            HealthSettings settings,
            ApplicationAvailability availability) {
        this.sync = sync;
        this.settings = settings;
        this.hasRedis = redis.isUsed();
        this.database = database;
        this.availability = availability;
        this.databaseAnswers = new LastAnswer(this::databaseAnswers, VALID, System::nanoTime);
        this.redisAnswers = new LastAnswer(redis::answers, VALID, System::nanoTime);
        this.syncGoesOn = new LastAnswer(sync::goesOn, VALID, System::nanoTime);
        this.all = List.of(databaseAnswers, redisAnswers, syncGoesOn);
    }

    /** Returns whether requests can be served. Migrations run before the server listens, so an answer means they are done. */
    boolean isReady() {
        return availability.getReadinessState() == ReadinessState.ACCEPTING_TRAFFIC && databaseAnswers.isYes();
    }

    /** Returns how the worst part is doing. */
    Health health() {
        return Stream.of(database(), healthyWhile(redisAnswers), healthyWhile(syncGoesOn))
                .max(Comparator.naturalOrder())
                .orElseThrow();
    }

    /** Returns how each part is doing. */
    HealthDetails details() {
        String redis = hasRedis ? healthyWhile(redisAnswers).text() : "unused";
        return new HealthDetails(
                health().text(),
                List.of(
                        new Check("database", database().text(), millis(databaseAnswers), null),
                        new Check("redis", redis, hasRedis ? millis(redisAnswers) : null, null),
                        new Check(
                                "sync",
                                healthyWhile(syncGoesOn).text(),
                                null,
                                sync.last().orElse(null))));
    }

    private Health database() {
        if (!databaseAnswers.isYes()) {
            return Health.UNHEALTHY;
        }
        boolean isSlow = databaseAnswers
                .took()
                .filter(took -> took.compareTo(settings.slowDatabase()) > 0)
                .isPresent();
        return isSlow ? Health.DEGRADED : Health.HEALTHY;
    }

    private static Health healthyWhile(LastAnswer answer) {
        return answer.isYes() ? Health.HEALTHY : Health.DEGRADED;
    }

    private static @Nullable Long millis(LastAnswer answer) {
        return answer.took().map(Duration::toMillis).orElse(null);
    }

    /** Looks once before the server listens, which takes some seconds where something does not answer. */
    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // they end with the threads
    public synchronized void start() {
        all.forEach(LastAnswer::ask);
        // A thread each, so that one that waits does not keep the other from looking.
        ScheduledExecutorService threads = Executors.newScheduledThreadPool(all.size(), HealthChecks::thread);
        for (LastAnswer each : all) {
            threads.scheduleWithFixedDelay(each::ask, EVERY.toMillis(), EVERY.toMillis(), TimeUnit.MILLISECONDS);
        }
        looking = threads;
    }

    @Override
    public synchronized void stop() {
        if (looking != null) {
            looking.shutdownNow();
            looking = null;
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return looking != null;
    }

    /** Before the web server begins, and after it ended. */
    @Override
    public int getPhase() {
        return 0;
    }

    private static Thread thread(Runnable look) {
        Thread thread = new Thread(look, "steadymail-health");
        thread.setDaemon(true);
        return thread;
    }

    private boolean databaseAnswers() {
        try (Connection connection = database.getConnection()) {
            return connection.isValid(DATABASE_SECONDS);
        } catch (SQLException away) {
            return false;
        }
    }

    /** How the service or a part is doing, the worst last. */
    enum Health {
        HEALTHY,
        /** It works, slower or with less behind it. */
        DEGRADED,
        UNHEALTHY;

        String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
