package dev.steadymail.benchmarks.store;

import static java.util.Objects.requireNonNull;

import dev.steadymail.mail.Email;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * What staging would be in SQLite: one row, with what is needed to find the octets again, in a transaction of its own. By
 * {@code synchronous = normal} it is not forced to disk, as staging on files is not. Not thread-safe.
 */
final class StagedRows {
    private final Connection connection;
    private final PreparedStatement add;
    private final PreparedStatement forget;

    StagedRows(String url) throws SQLException {
        this.connection = DriverManager.getConnection(url);
        try (Statement statement = connection.createStatement()) {
            statement.execute("pragma synchronous = normal");
            statement.execute(
                    "create table if not exists staged (id text primary key, blob text not null, size bigint)");
        }
        this.add = connection.prepareStatement("insert or replace into staged values (?, ?, ?)");
        this.forget = connection.prepareStatement("delete from staged");
    }

    void add(Email email) {
        try {
            add.setString(1, email.id().value());
            add.setString(2, requireNonNull(email.blobId()).value());
            add.setLong(3, email.size());
            add.executeUpdate();
        } catch (SQLException failure) {
            throw new IllegalStateException("an email cannot be staged", failure);
        }
    }

    void forget() {
        try {
            forget.executeUpdate();
        } catch (SQLException failure) {
            throw new IllegalStateException("what was staged cannot be forgotten", failure);
        }
    }

    void close() {
        try (connection;
                add;
                forget) {
            return;
        } catch (SQLException failure) {
            throw new IllegalStateException("the database cannot be closed", failure);
        }
    }
}
