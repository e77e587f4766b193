package dev.steadymail.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Statements on one connection, each with a time limit. Not thread-safe. */
final class Session {
    /** Seconds that one statement may take, waiting for locks included. */
    static final int STATEMENT_LIMIT = 30;

    private static final int ROWS_AT_ONCE = 500;

    private final Connection connection;

    Session(Connection connection) {
        this.connection = connection;
    }

    /** Reads one row of an answer. */
    @FunctionalInterface
    interface RowReader<T> {
        T read(ResultSet row) throws SQLException;
    }

    /** Makes the values of one execution. */
    @FunctionalInterface
    interface RowOf<T> {
        @Nullable
        Object[] of(T item);
    }

    /** Returns the values of one execution, in their order. */
    static @Nullable Object[] row(@Nullable Object... values) {
        return values;
    }

    /** Runs SQL without values that answers nothing worth reading. */
    void run(String sql) throws SQLException {
        try (PreparedStatement statement = prepare(sql)) {
            statement.execute();
        }
    }

    /** Returns how many rows were changed. */
    int update(String sql, @Nullable Object... values) throws SQLException {
        try (PreparedStatement statement = prepare(sql)) {
            bind(statement, values);
            return statement.executeUpdate();
        }
    }

    /** Executes a statement once for each item, in their order, sent in portions. */
    <T> void each(String sql, Collection<T> items, RowOf<T> rows) throws SQLException {
        if (items.isEmpty()) {
            return;
        }
        try (PreparedStatement statement = prepare(sql)) {
            int waiting = 0;
            for (T item : items) {
                bind(statement, rows.of(item));
                statement.addBatch();
                if (++waiting == ROWS_AT_ONCE) {
                    statement.executeBatch();
                    waiting = 0;
                }
            }
            if (waiting > 0) {
                statement.executeBatch();
            }
        }
    }

    <T> List<T> list(String sql, RowReader<T> reader, @Nullable Object... values) throws SQLException {
        try (PreparedStatement statement = prepare(sql)) {
            statement.setFetchSize(ROWS_AT_ONCE);
            bind(statement, values);
            try (ResultSet answer = statement.executeQuery()) {
                List<T> rows = new ArrayList<>();
                while (answer.next()) {
                    rows.add(reader.read(answer));
                }
                return rows;
            }
        }
    }

    <T> Optional<T> first(String sql, RowReader<T> reader, @Nullable Object... values) throws SQLException {
        return list(sql, reader, values).stream().findFirst();
    }

    /** Returns the one number that a query answers. */
    long number(String sql, @Nullable Object... values) throws SQLException {
        return first(sql, row -> row.getLong(1), values)
                .orElseThrow(() -> new SQLException("no row where one must be"));
    }

    private PreparedStatement prepare(String sql) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        try {
            statement.setQueryTimeout(STATEMENT_LIMIT);
            return statement;
        } catch (SQLException failure) {
            statement.close();
            throw failure;
        }
    }

    private static void bind(PreparedStatement statement, @Nullable Object[] values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            if (values[i] instanceof byte[] octets) {
                statement.setBytes(i + 1, octets);
            } else {
                statement.setObject(i + 1, values[i]);
            }
        }
    }
}
