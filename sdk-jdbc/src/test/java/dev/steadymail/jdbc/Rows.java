package dev.steadymail.jdbc;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/** Looks into a database past the stores. */
final class Rows {
    static final List<String> TABLES = List.of(
            "steadymail_account",
            "steadymail_outbox",
            "steadymail_content",
            "steadymail_mailbox",
            "steadymail_email",
            "steadymail_place",
            "steadymail_parked");

    private final DataSource database;

    Rows(DataSource database) {
        this.database = database;
    }

    int count(String table) {
        return Integer.parseInt(texts("select count(*) from " + table, 1).get(0));
    }

    List<Integer> counts() {
        return TABLES.stream().map(this::count).toList();
    }

    List<String> texts(String sql, int column) {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<String> texts = new ArrayList<>();
            while (rows.next()) {
                texts.add(rows.getString(column));
            }
            return texts;
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
