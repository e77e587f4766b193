package dev.steadymail.server.vault;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.stereotype.Component;

/** The table of data keys, for the organisation that the thread works for. Thread-safe. */
@Component
final class DataKeyRows {
    private static final String SELECT =
            "select id, kek, wrapped from data_key where organisation_id = current_organisation() ";
    private static final String INSERT = """
            insert into data_key (id, kek, wrapped, active) values (?, ?, ?, true)
            on conflict (organisation_id) where active do nothing
            """;
    private static final String RETIRE =
            "update data_key set active = false where organisation_id = current_organisation() and active ";
    private static final String REWRAP = """
            update data_key set kek = ?, wrapped = ?
            where organisation_id = current_organisation() and id = ? and wrapped = ?
            """;
    private static final RowMapper<WrappedKey> WRAPPED =
            (row, n) -> new WrappedKey(row.getLong("id"), row.getString("kek"), row.getBytes("wrapped"));

    private final JdbcTemplate jdbc;

    DataKeyRows(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** Returns the key that encrypts, which then stays until the transaction ends. */
    Optional<WrappedKey> holdActive() {
        return first(jdbc.query(SELECT + "and active for key share", WRAPPED));
    }

    Optional<WrappedKey> find(long id) {
        return first(jdbc.query(SELECT + "and id = ?", WRAPPED, id));
    }

    /** Returns the keys that are wrapped under another key than a given one. */
    List<WrappedKey> notUnder(String kek) {
        return jdbc.query(SELECT + "and kek <> ? order by id", WRAPPED, kek);
    }

    /** Returns the ids of keys that encrypt no more. */
    List<Long> retired() {
        return jdbc.queryForList(
                "select id from data_key where organisation_id = current_organisation() and not active order by id",
                Long.class);
    }

    /** Waits until no transaction holds a key, and keeps others from it until this one ends; returns whether the key is there. */
    boolean lock(long id) {
        return !jdbc.query(SELECT + "and id = ? for update", WRAPPED, id).isEmpty();
    }

    long newId() {
        return Objects.requireNonNull(
                jdbc.queryForObject("select nextval(pg_get_serial_sequence('data_key', 'id'))", Long.class));
    }

    /** Adds the key that encrypts from now on, unless there is one. */
    void insertActive(WrappedKey key) {
        jdbc.update(INSERT, key.id(), key.kek(), key.bytes());
    }

    void retire(long id) {
        jdbc.update(RETIRE + "and id = ?", id);
    }

    /** Retires the key that encrypts where it was made before a time; returns whether it was. */
    boolean retireBefore(Instant time) {
        return jdbc.update(RETIRE + "and created_at < ?", time.atOffset(ZoneOffset.UTC)) > 0;
    }

    /** Returns whether the key was still wrapped as before. */
    boolean rewrap(WrappedKey before, WrappedKey after) {
        return jdbc.update(REWRAP, after.kek(), after.bytes(), before.id(), before.bytes()) == 1;
    }

    void delete(long id) {
        jdbc.update("delete from data_key where organisation_id = current_organisation() and id = ?", id);
    }

    private static Optional<WrappedKey> first(List<WrappedKey> keys) {
        return keys.stream().findFirst();
    }
}
