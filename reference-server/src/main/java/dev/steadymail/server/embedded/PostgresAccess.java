package dev.steadymail.server.embedded;

import dev.steadymail.server.folder.DataFolder;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;

/**
 * Who may log in to the embedded PostgreSQL: with a password, from this machine, and nobody else. The server's own role is
 * no superuser.
 */
final class PostgresAccess {
    static final String SUPERUSER = "postgres";
    static final String SUPERUSER_SECRET = "database-superuser";
    /** Name of the role and of its database. */
    static final String ROLE = "steadymail";

    static final String ROLE_SECRET = "database";
    private static final String RULES = "postgres/data/pg_hba.conf";

    private final DataFolder folder;

    PostgresAccess(DataFolder folder) {
        this.folder = folder;
    }

    /** Writes the rules; PostgreSQL reads them when it starts. Replication and other databases have no rule: refused. */
    void writeRules() {
        folder.write(RULES, """
                # Written at every start.
                host postgres postgres 127.0.0.1/32 scram-sha-256
                host steadymail postgres,steadymail 127.0.0.1/32 scram-sha-256
                """);
    }

    /** Creates what is missing of the role and its database, and sets the password that the data folder holds. */
    void prepare(int port) throws SQLException {
        try (Connection database = connect(port, SUPERUSER, SUPERUSER_SECRET, "postgres")) {
            run(database, "SET log_min_messages = error"); // here alone, and without the statements
            if (isMissing(database, "SELECT 1 FROM pg_roles WHERE rolname = ?")) {
                run(database, "CREATE ROLE steadymail LOGIN");
            }
            run(database, "ALTER ROLE steadymail PASSWORD '" + ScramSecret.of(folder.secret(ROLE_SECRET)) + "'");
            if (isMissing(database, "SELECT 1 FROM pg_database WHERE datname = ?")) {
                run(database, "CREATE DATABASE steadymail OWNER steadymail");
            }
        }
    }

    private Connection connect(int port, String user, String secret, String database) throws SQLException {
        Properties login = new Properties();
        login.setProperty("user", user);
        login.setProperty("password", folder.secret(secret));
        login.setProperty("connectTimeout", "5");
        login.setProperty("socketTimeout", "30");
        return DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + port + "/" + database, login);
    }

    private static boolean isMissing(Connection database, String question) throws SQLException {
        try (PreparedStatement statement = database.prepareStatement(question)) {
            statement.setString(1, ROLE);
            try (ResultSet rows = statement.executeQuery()) {
                return !rows.next();
            }
        }
    }

    private static void run(Connection database, String statement) throws SQLException {
        try (Statement one = database.createStatement()) {
            one.execute(statement);
        }
    }
}
