package dev.steadymail.server.health;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.zaxxer.hikari.HikariDataSource;
import dev.steadymail.server.TestDatabase;
import dev.steadymail.server.health.HealthChecks.Health;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.availability.ApplicationAvailabilityBean;

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
            HealthChecks checks = new HealthChecks(database, redis, new ApplicationAvailabilityBean());
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
            HealthChecks checks = new HealthChecks(database, none, new ApplicationAvailabilityBean());
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
}
