package dev.steadymail.server.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.zaxxer.hikari.HikariDataSource;
import dev.steadymail.server.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

final class SyncActivityTest {
    private static final Duration LIMIT = Duration.ofMinutes(15);

    private Instant now = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void goesOn_noSyncForTooLong_onlyMattersWhereThereAreAccounts() {
        try (HikariDataSource database = TestDatabase.create()) {
            JdbcTemplate jdbc = new JdbcTemplate(database);
            SyncActivity activity = new SyncActivity(jdbc, LIMIT, () -> now);
            now = now.plus(LIMIT).plusMillis(1);
            assertTrue(activity.goesOn(), "there are no accounts");
            jdbc.update(
                    "insert into account (id, identity, url, login, state, created_at) values (?, 'x', '', '', 'new', now())",
                    UUID.randomUUID());

            assertFalse(activity.goesOn());
            assertEquals(Optional.empty(), activity.last());
            activity.succeeded();
            assertEquals(Optional.of(now), activity.last());
            now = now.plus(LIMIT);
            assertTrue(activity.goesOn());
            now = now.plusMillis(1);
            assertFalse(activity.goesOn());
        }
    }

    @Test
    void goesOn_justStarted_isGivenTime() {
        try (HikariDataSource database = TestDatabase.create()) {
            JdbcTemplate jdbc = new JdbcTemplate(database);
            jdbc.update(
                    "insert into account (id, identity, url, login, state, created_at) values (?, 'x', '', '', 'new', now())",
                    UUID.randomUUID());
            SyncActivity activity = new SyncActivity(jdbc, LIMIT, () -> now);
            now = now.plus(LIMIT);
            assertTrue(activity.goesOn());
        }
    }
}
