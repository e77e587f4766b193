package dev.steadymail.server;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.steadymail.server.tenants.Caller;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/**
 * Databases on one PostgreSQL for all tests of this JVM, which ends with it. Their owner is no superuser, so that policies hold; connections
 * of {@link #create} are bound to the operator's organisation.
 */
public final class TestDatabase {
    private static final String ROLE = "app";
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private TestDatabase() {}

    /** Returns a data source of a database of its own, migrated and empty. */
    public static HikariDataSource create() {
        HikariConfig config = new HikariConfig();
        config.setDataSource(Server.POSTGRES.getDatabase(ROLE, newDatabase()));
        config.setConnectionInitSql("set steadymail.organisation = '" + Caller.OPERATORS + "'");
        config.setMaximumPoolSize(8);
        HikariDataSource database = new HikariDataSource(config);
        Flyway.configure().dataSource(database).load().migrate();
        return database;
    }

    /** Returns the JDBC URL of a new, empty database. */
    public static String createUrl() {
        return Server.POSTGRES.getJdbcUrl(ROLE, newDatabase());
    }

    private static String newDatabase() {
        String name = "test" + NUMBER.incrementAndGet();
        run(Server.POSTGRES.getPostgresDatabase(), "create database " + name + " owner " + ROLE);
        return name;
    }

    private static void run(DataSource database, String sql) {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static final class Server {
        static final EmbeddedPostgres POSTGRES = start();

        private static EmbeddedPostgres start() {
            try {
                EmbeddedPostgres postgres = EmbeddedPostgres.start();
                run(postgres.getPostgresDatabase(), "create role " + ROLE + " login nosuperuser");
                return postgres;
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }
    }
}
