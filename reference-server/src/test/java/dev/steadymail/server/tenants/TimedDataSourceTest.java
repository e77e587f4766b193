package dev.steadymail.server.tenants;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.zaxxer.hikari.HikariDataSource;
import dev.steadymail.server.TestDatabase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

final class TimedDataSourceTest {
    private static final HikariDataSource POOL = TestDatabase.create();
    private static final String SLEEP = "select ?::text from pg_sleep(0.05)";

    @AfterAll
    static void close() {
        POOL.close();
    }

    @Test
    void slowStatements_areTold_withTheirTimeAndWithoutParameters() {
        List<String> told = new ArrayList<>();
        TimedDataSource timed = new TimedDataSource(POOL, Duration.ofMillis(20), (sql, took) -> {
            assertTrue(took.toMillis() >= 20);
            told.add(sql);
        });
        new JdbcTemplate(timed).queryForObject(SLEEP, String.class, "secret");
        new JdbcTemplate(TenantDataSource.of(timed, Caller.OPERATORS)).queryForObject(SLEEP, String.class, "secret");
        new JdbcTemplate(timed).execute("select pg_sleep(0.05)");
        assertEquals(
                List.of(SLEEP, SLEEP, "select pg_sleep(0.05)"),
                told.stream().filter(sql -> sql.contains("pg_sleep")).toList());
    }

    @Test
    void fastStatements_areNotTold() {
        TimedDataSource timed = new TimedDataSource(POOL, Duration.ofHours(1), (sql, took) -> {
            throw new AssertionError(sql);
        });
        assertEquals(1, new JdbcTemplate(timed).queryForObject("select 1", Integer.class));
    }
}
