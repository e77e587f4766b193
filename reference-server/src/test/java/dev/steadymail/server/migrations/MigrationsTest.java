package dev.steadymail.server.migrations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.steadymail.server.RunningServer;
import dev.steadymail.server.TestDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The owner migrates, and the server works with rows alone. */
final class MigrationsTest {
    private static final String OWNER = "schema_owner";

    @TempDir
    Path temp;

    private final String url = TestDatabase.createUrl();

    @Test
    void migrate_byAnotherRole_letsTheServersRoleWorkAndNoMore() throws SQLException {
        giveToOwner();

        try (RunningServer server = start()) {
            assertEquals(200, server.get("/api/v1/accounts").status());
            assertEquals("{\"status\":\"healthy\"}", server.getWith("/health").text());
            assertTrue(server.bean(Migrations.class).outcome().contains("schema version"));
        }
        for (String forbidden : new String[] {
            "drop policy own_organisation on account",
            "alter table account disable row level security",
            "truncate account",
            "insert into flyway_schema_history select * from flyway_schema_history",
        }) {
            SQLException refusal = assertThrows(SQLException.class, () -> run("app", forbidden), forbidden);
            assertEquals("42501", refusal.getSQLState(), refusal.getMessage());
        }
    }

    /** What came with a migration after the first start is let in by the next. */
    @Test
    void migrate_again_letsTheRoleUseWhatIsNew() throws SQLException {
        giveToOwner();
        start().close();
        run(OWNER, "create table later (id bigserial)");
        assertThrows(SQLException.class, () -> run("app", "insert into later default values"));

        start().close();

        run("app", "insert into later default values");
    }

    private RunningServer start() {
        return RunningServer.start(
                temp, url, Map.of("spring.flyway.url", url.replaceFirst("\\?.*", ""), "spring.flyway.user", OWNER));
    }

    private void giveToOwner() throws SQLException {
        String database = url.replaceFirst(".*/", "").replaceFirst("\\?.*", "");
        run(
                "postgres",
                "do $$ begin if not exists (select from pg_roles where rolname = '" + OWNER + "') then create role "
                        + OWNER + " login; end if; end $$");
        run("postgres", "alter database " + database + " owner to " + OWNER);
    }

    private void run(String role, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url.replace("user=app", "user=" + role));
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
