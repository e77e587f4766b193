package dev.steadymail.server.vault;

import java.sql.Types;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.SqlParameterValue;

/** The values of one sealed column, for the organisation that the thread works for. Thread-safe. */
final class SealedRows {
    private static final String OWN = " where organisation_id = current_organisation() and ";

    private final JdbcTemplate jdbc;
    private final SealedColumn column;

    SealedRows(JdbcTemplate jdbc, SealedColumn column) {
        this.jdbc = jdbc;
        this.column = column;
    }

    Place place(String row) {
        return new Place(column.table(), column.column(), row);
    }

    /** Returns how many values are under a key. */
    long countUnder(long key) {
        return count(head() + " = ?", key);
    }

    /** Returns how many values are not under a key. */
    long countNotUnder(long key) {
        return count(head() + " <> ?", key);
    }

    /**
     * Returns values that are not under a key, in the order of their rows.
     *
     * @param after the row behind which to begin; null for the first
     */
    List<Sealed> notUnder(long key, @Nullable String after, int limit) {
        String select =
                "select " + column.id() + "::text, " + column.column() + " from " + column.table() + OWN + head()
                        + " <> ?" + (after == null ? "" : " and " + column.id() + " > ?") + " order by " + column.id()
                        + " limit " + limit;
        Object[] arguments = after == null
                ? new Object[] {DataKey.head(key)}
                // Of whatever type the column has.
                : new Object[] {DataKey.head(key), new SqlParameterValue(Types.OTHER, after)};
        return jdbc.query(select, (row, n) -> new Sealed(row.getString(1), row.getBytes(2)), arguments);
    }

    /** Replaces a value unless somebody else did; returns whether it was replaced. */
    boolean replace(Sealed before, byte[] after) {
        String update = "update " + column.table() + " set " + column.column() + " = ?" + OWN + column.id()
                + " = ? and " + column.column() + " = ?";
        return jdbc.update(update, after, new SqlParameterValue(Types.OTHER, before.row()), before.value()) == 1;
    }

    private long count(String condition, long key) {
        String select = "select count(*) from " + column.table() + OWN + condition;
        return Objects.requireNonNull(jdbc.queryForObject(select, Long.class, DataKey.head(key)));
    }

    private String head() {
        return "substring(" + column.column() + " from 1 for " + DataKey.HEAD_BYTES + ")";
    }

    /** A value in its row. */
    static final class Sealed {
        private final String row;
        private final byte[] value;

        Sealed(String row, byte[] value) {
            this.row = row;
            this.value = value.clone();
        }

        String row() {
            return row;
        }

        byte[] value() {
            return value.clone();
        }
    }
}
