package dev.steadymail.server.accounts;

import dev.steadymail.accounts.AccountUrl;
import dev.steadymail.server.accounts.Account.Trouble;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** The table of accounts. Thread-safe. */
@Component
final class AccountRows {
    private static final String INSERT = """
            insert into account (id, identity, url, login, state, created_at) values (?, ?, ?, ?, 'new', ?)
            on conflict (organisation_id, identity) do nothing
            """;
    private static final String STARTED = """
            update account set sync_wanted = false, state = case state when 'new' then 'syncing' else state end
            where id = ?
            """;
    private static final String DELETE_SOME =
            "delete from email where id in (select id from email where account_id = ? limit ?)";
    private static final int DELETE_AT_ONCE = 5_000;
    private static final String SUCCEEDED = """
            update account set state = 'ok', failures = 0, error_kind = null, error_message = null,
                               last_synced_at = ?, next_sync_at = ?
            where id = ?
            """;
    private static final String FAILED = """
            update account set state = ?, failures = failures + 1, error_kind = ?, error_message = ?, next_sync_at = ?
            where id = ?
            """;

    private final JdbcTemplate jdbc;

    AccountRows(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** Adds an account unless its identity is connected already; returns whether it did. */
    boolean insert(UUID id, String identity, String url, byte[] login, Instant now) {
        return jdbc.update(INSERT, id, identity, url, login, utc(now)) == 1;
    }

    Optional<UUID> byIdentity(String identity) {
        return jdbc.queryForList("select id from account where identity = ?", UUID.class, identity).stream()
                .findFirst();
    }

    void reconnect(UUID id, String identity, String url, byte[] login) {
        jdbc.update(
                "update account set identity = ?, url = ?, login = ?, failures = 0, sync_wanted = true where id = ?",
                identity,
                url,
                login,
                id);
    }

    List<Account> all() {
        return jdbc.query("select * from account order by created_at, id", (row, n) -> account(row));
    }

    Optional<Account> find(UUID id) {
        return jdbc.query("select * from account where id = ?", (row, n) -> account(row), id).stream()
                .findFirst();
    }

    Optional<byte[]> login(UUID id) {
        return jdbc.queryForList("select login from account where id = ?", byte[].class, id).stream()
                .findFirst();
    }

    /** Returns how many emails are stored, by account; accounts without any are left out. */
    Map<UUID, Long> emailCounts() {
        Map<UUID, Long> counts = new HashMap<>();
        jdbc.query("select account_id, count(*) from email group by account_id", row -> {
            counts.put(row.getObject(1, UUID.class), row.getLong(2));
        });
        return counts;
    }

    long emailCount(UUID id) {
        Long count = jdbc.queryForObject("select count(*) from email where account_id = ?", Long.class, id);
        return count == null ? 0 : count;
    }

    /** Removes the emails of an account in parts, each short enough for the time that a statement has, and then the account. */
    boolean delete(UUID id) {
        while (jdbc.update(DELETE_SOME, id, DELETE_AT_ONCE) == DELETE_AT_ONCE) {
            // There is more.
        }
        return jdbc.update("delete from account where id = ?", id) == 1;
    }

    void started(UUID id) {
        jdbc.update(STARTED, id);
    }

    void wantSync(UUID id) {
        jdbc.update("update account set sync_wanted = true where id = ?", id);
    }

    boolean isSyncWanted(UUID id) {
        return !jdbc.queryForList("select 1 from account where id = ? and sync_wanted", id)
                .isEmpty();
    }

    void succeeded(UUID id, Instant now, Instant next) {
        jdbc.update(SUCCEEDED, utc(now), utc(next), id);
    }

    void failed(UUID id, AccountState state, Trouble trouble, Instant next) {
        jdbc.update(FAILED, state.text(), trouble.kind(), trouble.message(), utc(next), id);
    }

    private static Account account(ResultSet row) throws SQLException {
        String kind = row.getString("error_kind");
        return new Account(
                row.getObject("id", UUID.class),
                AccountUrl.parse(row.getString("url")),
                AccountState.of(row.getString("state")),
                row.getInt("failures"),
                kind == null ? null : new Trouble(kind, row.getString("error_message")),
                instant(row, "last_synced_at"),
                instant(row, "next_sync_at"),
                row.getObject("created_at", OffsetDateTime.class).toInstant());
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    private static @Nullable OffsetDateTime utc(@Nullable Instant instant) {
        return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
    }
}
