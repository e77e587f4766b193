package dev.steadymail.server.health;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.zaxxer.hikari.HikariDataSource;
import dev.steadymail.server.TestDatabase;
import dev.steadymail.server.health.HealthChecks.Health;
import dev.steadymail.server.sync.SyncActivity;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.availability.ApplicationAvailabilityBean;
import org.springframework.jdbc.core.JdbcTemplate;

final class HealthChecksTest {
    /** Each question used to wait a second for Redis, one after the other. */
    private static final int MANY = 200;

    private static final Duration SECONDS_TO_NOTICE = Duration.ofSeconds(10);

    @Test
    @Timeout(60)
    void health_redisThatHangs_keepsNobodyWaiting() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
                HikariDataSource database = TestDatabase.create();
                RedisCheck redis = new RedisCheck("redis://:secret@127.0.0.1:" + silent.getLocalPort())) {
            HealthChecks checks = checks(database, redis);
            checks.start();
            try {
                for (int i = 0; i < MANY; i++) {
                    assertEquals(Health.DEGRADED, checks.health());
                }
            } finally {
                checks.stop();
            }
            assertFalse(checks.isRunning());
        }
    }

    @Test
    @Timeout(60)
    void health_databaseThatGoesAway_isNoticedWithinSeconds() {
        HikariDataSource database = TestDatabase.create();
        try (RedisCheck none = new RedisCheck("")) {
            HealthChecks checks = checks(database, none);
            checks.start();
            try {
                assertEquals(Health.HEALTHY, checks.health());
                database.close();
                long end = System.nanoTime() + SECONDS_TO_NOTICE.toNanos();
                while (checks.health() == Health.HEALTHY && System.nanoTime() - end < 0) {
                    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
                }
                assertEquals(Health.UNHEALTHY, checks.health());
            } finally {
                checks.stop();
            }
        }
    }

    @Test
    @Timeout(60)
    void health_databaseSlowerThanTheBound_isDegradedAndTheDetailsSayWhich() {
        try (HikariDataSource database = TestDatabase.create();
                RedisCheck none = new RedisCheck("")) {
            HealthChecks checks = checks(database, none, Duration.ZERO, InstantSource.system());
            checks.start();
            try {
                assertEquals(Health.DEGRADED, checks.health());
                assertEquals("degraded", status(checks, "database"));
                assertEquals("unused", status(checks, "redis"));
                assertEquals("healthy", status(checks, "sync"));
                assertEquals("degraded", checks.details().status());
            } finally {
                checks.stop();
            }
        }
    }

    @Test
    @Timeout(60)
    void health_accountsAndNoSyncForLong_isDegraded() {
        try (HikariDataSource database = TestDatabase.create();
                RedisCheck none = new RedisCheck("")) {
            new JdbcTemplate(database)
                    .update(
                            "insert into account (id, identity, url, login, state, created_at)"
                                    + " values (?, 'x', '', '', 'new', now())",
                            UUID.randomUUID());
            AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
            HealthChecks checks = checks(database, none, Duration.ofSeconds(10), now::get);
            now.set(Instant.EPOCH.plus(Duration.ofHours(1)));
            checks.start();
            try {
                assertEquals(Health.DEGRADED, checks.health());
                assertEquals("degraded", status(checks, "sync"));
                assertEquals("healthy", status(checks, "database"));
            } finally {
                checks.stop();
            }
        }
    }

    private static String status(HealthChecks checks, String name) {
        return checks.details().checks().stream()
                .filter(check -> check.name().equals(name))
                .map(HealthDetails.Check::status)
                .findFirst()
                .orElseThrow();
    }

    private static HealthChecks checks(DataSource database, RedisCheck redis) {
        return checks(database, redis, Duration.ofSeconds(10), InstantSource.system());
    }

    private static HealthChecks checks(DataSource database, RedisCheck redis, Duration slow, InstantSource clock) {
        SyncActivity sync = new SyncActivity(new JdbcTemplate(database), Duration.ofMinutes(15), clock);
        return new HealthChecks(
                database, redis, sync, new HealthSettings(List.of(), slow), new ApplicationAvailabilityBean());
    }
}
