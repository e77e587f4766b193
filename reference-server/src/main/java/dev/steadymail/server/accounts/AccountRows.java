package dev.steadymail.server.accounts;

import dev.steadymail.accounts.AccountUrl;
import dev.steadymail.server.accounts.Account.SyncCounts;
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
            insert into account (id, identity, url, login, state, state_since, created_at, name, smtp_url, priority)
            values (?, ?, ?, ?, 'new', ?, ?, ?, ?, ?)
            on conflict (organisation_id, identity) do nothing
            """;
    private static final String DETAILS = """
            update account set name = ?, smtp_url = ?, priority = ?
            where id = ? and organisation_id = current_organisation()
            """;
    private static final String PAGE = """
            select * from account
            where organisation_id = current_organisation() and (created_at, id) > (?, ?)
            order by created_at, id limit ?
            """;
    private static final String STARTED = """
            update account set sync_wanted = false,
                               state = case state when 'new' then 'syncing' else state end,
                               state_since = case state when 'new' then ? else state_since end
            where id = ?
            """;
    private static final String COUNTS = """
            select account_id, count(*) from email
            where account_id = any (?) and organisation_id = current_organisation() group by account_id
            """;
    private static final String PARKED = """
            select count(*) from parked_email where account_id = ? and organisation_id = current_organisation()
            """;
    private static final String DELETE_SOME =
            "delete from email where id in (select id from email where account_id = ? limit ?)";
    private static final int DELETE_AT_ONCE = 5_000;
    private static final String SUCCEEDED = """
            update account set state = 'ok', failures = 0, error_kind = null, error_message = null,
                               state_since = case state when 'ok' then state_since else ? end,
                               last_synced_at = ?, next_sync_at = ?,
                               last_created = ?, last_updated = ?, last_destroyed = ?
            where id = ?
            """;
    private static final String FAILED = """
            update account set state = ?, state_since = case state when ? then state_since else ? end,
                               failures = failures + 1, error_kind = ?, error_message = ?, next_sync_at = ?
            where id = ?
            """;

    private final JdbcTemplate jdbc;

    AccountRows(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** Adds an account unless its identity is connected already; returns whether it did. */
    boolean insert(UUID id, String identity, String url, byte[] login, AccountDetails details, Instant now) {
        OffsetDateTime time = utc(now);
        return jdbc.update(
                        INSERT,
                        id,
                        identity,
                        url,
                        login,
                        time,
                        time,
                        details.name(),
                        smtpUrl(details),
                        details.priority().text())
                == 1;
    }

    void change(UUID id, AccountDetails details) {
        jdbc.update(
                DETAILS, details.name(), smtpUrl(details), details.priority().text(), id);
    }

    private static @Nullable String smtpUrl(AccountDetails details) {
        return details.smtp() == null ? null : SmtpUrl.text(details.smtp());
    }

    void wantSync(UUID id) {
        jdbc.update(
                "update account set sync_wanted = true where id = ? and organisation_id = current_organisation()", id);
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

    /** Returns accounts in the order of {@link #all}, those behind the cursor. */
    List<Account> page(AccountCursor after, int limit) {
        return jdbc.query(PAGE, (row, n) -> account(row), utc(after.createdAt()), after.id(), limit);
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
    Map<UUID, Long> emailCounts(List<UUID> ids) {
        Map<UUID, Long> counts = new HashMap<>();
        jdbc.query(
                COUNTS,
                row -> {
                    counts.put(row.getObject(1, UUID.class), row.getLong(2));
                },
                (Object) ids.toArray(new UUID[0]));
        return counts;
    }

    long parkedCount(UUID id) {
        Long count = jdbc.queryForObject(PARKED, Long.class, id);
        return count == null ? 0 : count;
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

    void started(UUID id, Instant now) {
        jdbc.update(STARTED, utc(now), id);
    }

    boolean isSyncWanted(UUID id) {
        return !jdbc.queryForList("select 1 from account where id = ? and sync_wanted", id)
                .isEmpty();
    }

    void succeeded(UUID id, SyncCounts did, Instant now, Instant next) {
        OffsetDateTime time = utc(now);
        jdbc.update(SUCCEEDED, time, time, utc(next), did.created(), did.updated(), did.destroyed(), id);
    }

    void failed(UUID id, AccountState state, Trouble trouble, Instant now, Instant next) {
        jdbc.update(FAILED, state.text(), state.text(), utc(now), trouble.kind(), trouble.message(), utc(next), id);
    }

    private static Account account(ResultSet row) throws SQLException {
        String kind = row.getString("error_kind");
        return new Account(
                row.getObject("id", UUID.class),
                AccountUrl.parse(row.getString("url")),
                details(row),
                AccountState.of(row.getString("state")),
                row.getObject("state_since", OffsetDateTime.class).toInstant(),
                row.getInt("failures"),
                kind == null ? null : new Trouble(kind, row.getString("error_message")),
                instant(row, "last_synced_at"),
                counts(row),
                instant(row, "next_sync_at"),
                row.getObject("created_at", OffsetDateTime.class).toInstant());
    }

    private static AccountDetails details(ResultSet row) throws SQLException {
        String smtp = row.getString("smtp_url");
        return new AccountDetails(
                row.getString("name"),
                smtp == null ? null : SmtpUrl.parse(smtp),
                Priority.of(row.getString("priority")));
    }

    private static @Nullable SyncCounts counts(ResultSet row) throws SQLException {
        long created = row.getLong("last_created");
        return row.wasNull()
                ? null
                : new SyncCounts(created, row.getLong("last_updated"), row.getLong("last_destroyed"));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    private static @Nullable OffsetDateTime utc(@Nullable Instant instant) {
        return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
    }
}
