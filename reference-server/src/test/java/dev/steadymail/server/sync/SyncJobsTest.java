package dev.steadymail.server.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.zaxxer.hikari.HikariDataSource;
import dev.steadymail.server.TestDatabase;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

final class SyncJobsTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    @Test
    void freeOwn_leavesWhatANodeOfTheSameNameIsRunning() {
        try (HikariDataSource database = TestDatabase.create()) {
            JdbcTemplate jdbc = new JdbcTemplate(database);
            picked(jdbc, "left", "ada", NOW.minusSeconds(11));
            picked(jdbc, "running", "ada", NOW.minusSeconds(9));
            picked(jdbc, "others", "bob", NOW.minusSeconds(11));

            SyncJobs.freeOwn(jdbc, new NodeName("ada"), NOW);

            assertEquals(
                    List.of("left"),
                    jdbc.queryForList("select task_instance from scheduled_tasks where not picked", String.class));
        }
    }

    private static void picked(JdbcTemplate jdbc, String job, String node, Instant heartbeat) {
        jdbc.update("""
                insert into scheduled_tasks
                    (task_name, task_instance, execution_time, picked, picked_by, last_heartbeat, version)
                values ('sync-account', ?, ?, true, ?, ?, 1)
                """, job, heartbeat.atOffset(ZoneOffset.UTC), node, heartbeat.atOffset(ZoneOffset.UTC));
    }
}
