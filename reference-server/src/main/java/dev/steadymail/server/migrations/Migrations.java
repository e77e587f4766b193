package dev.steadymail.server.migrations;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.output.MigrateResult;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationStrategy;
import org.springframework.stereotype.Component;

/**
 * Migrates the schema, and where another role than the server's own did so, lets the server's role use what that role owns. Thread-safe.
 *
 * <p>With two roles a fault in the server cannot change the schema, drop a policy or empty a table.
 */
@Component
public class Migrations implements FlywayMigrationStrategy {
    private final HikariDataSource database;
    private final DataSource shared;
    private volatile String outcome = "not migrated by this server";

    Migrations(HikariDataSource database, DataSource shared) {
        this.database = database;
        this.shared = shared;
    }

    @Override
    public void migrate(Flyway flyway) {
        MigrateResult result = patient(flyway).migrate();
        String version = result.targetSchemaVersion == null ? result.initialSchemaVersion : result.targetSchemaVersion;
        outcome = "schema version " + version + ", " + result.migrationsExecuted + " migrations applied at this start";
        try (Connection owner = flyway.getConfiguration().getDataSource().getConnection()) {
            String role = role();
            if (!role.equals(role(owner))) {
                new Grants(owner).giveTo(role);
            }
        } catch (SQLException failure) {
            throw new IllegalStateException("the server's role was not let in", failure);
        }
    }

    /** The pool's connections give up a statement after 30 seconds, and a migration of much mail takes longer. */
    private Flyway patient(Flyway flyway) {
        return flyway.getConfiguration().getDataSource() == shared && database.getJdbcUrl() != null
                ? Flyway.configure()
                        .configuration(flyway.getConfiguration())
                        .dataSource(database.getJdbcUrl(), database.getUsername(), database.getPassword())
                        .load()
                : flyway;
    }

    /** Returns which version the schema has, in words. */
    public String outcome() {
        return outcome;
    }

    private String role() throws SQLException {
        try (Connection connection = database.getConnection()) {
            return role(connection);
        }
    }

    private static String role(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select current_user")) {
            row.next();
            return row.getString(1);
        }
    }
}
