package dev.steadymail.server.vault;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.steadymail.server.tenants.Tenancy;
import dev.steadymail.server.tenants.TenantDataSource;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** A vault as one server has it, on a database, with the logins of accounts and the secrets of a table with numbered rows. */
final class TestVault {
    private static final SealedColumn LOGINS = new SealedColumn("account", "id", "login");
    private static final SealedColumn NUMBERED = new SealedColumn("numbered", "id", "secret");
    private static final String NUMBERED_TABLE = """
            create table if not exists numbered (
                id bigint generated always as identity primary key,
                organisation_id uuid not null default current_organisation() references organisation on delete cascade,
                secret bytea);
            alter table numbered enable row level security, force row level security;
            drop policy if exists own_organisation on numbered;
            create policy own_organisation on numbered using (organisation_id = current_organisation());
            create or replace trigger numbered_secret_key before insert or update of secret on numbered
                for each row execute function require_data_key('secret');
            """;

    private final JdbcTemplate jdbc;
    private final TransactionTemplate transactions;
    private final Vault vault;
    private final Rotation rotation;

    private TestVault(DataSource pool, String setting, Ticker ticker) {
        DataSource database = TenantDataSource.ofThreads(pool);
        jdbc = new JdbcTemplate(database);
        transactions = new TransactionTemplate(new JdbcTransactionManager(database));
        EncryptionKeys kek = EncryptionKeys.parse(setting);
        DataKeyRows rows = new DataKeyRows(jdbc);
        DataKeys keys = new DataKeys(rows, kek, transactions, ticker);
        List<SealedColumn> columns = List.of(LOGINS, NUMBERED);
        vault = new Vault(keys, kek, columns);
        rotation = new Rotation(
                new RotationRows(jdbc, transactions),
                new OrganisationRotation(rows, keys, vault, transactions, jdbc, columns));
    }

    /** Returns the vault of a server that was just started. */
    static TestVault on(DataSource pool, String setting) {
        return on(pool, setting, Ticker.systemTicker());
    }

    static TestVault on(DataSource pool, String setting, Ticker ticker) {
        return new TestVault(pool, setting, ticker);
    }

    static void createNumberedTable(DataSource pool) {
        new JdbcTemplate(pool).execute(NUMBERED_TABLE);
    }

    /** Returns a key for the setting. */
    static String key(int fill) {
        byte[] bytes = new byte[AesKey.BYTES];
        Arrays.fill(bytes, (byte) fill);
        return Base64.getEncoder().encodeToString(bytes);
    }

    static Place login(UUID account) {
        return Place.of("account", "login", account);
    }

    Vault vault() {
        return vault;
    }

    Rotation rotation() {
        return rotation;
    }

    UUID newOrganisation() {
        UUID id = UUID.randomUUID();
        jdbc.update("insert into organisation (id, name) values (?, 'test')", id);
        return id;
    }

    UUID newAccount(UUID organisation, String secret) {
        UUID id = UUID.randomUUID();
        Tenancy.in(
                organisation,
                () -> transactions.executeWithoutResult(status -> insertAccount(id, vault.seal(login(id), secret))));
        return id;
    }

    /** Adds an account as it was stored before there were data keys. */
    UUID newOldAccount(UUID organisation, String setting, String secret) {
        UUID id = UUID.randomUUID();
        byte[] value = EncryptionKeys.parse(setting)
                .encrypt(secret.getBytes(StandardCharsets.UTF_8), "account/" + id + "/login");
        Tenancy.in(organisation, () -> insertAccount(id, value));
        return id;
    }

    private void insertAccount(UUID id, byte[] login) {
        jdbc.update(
                "insert into account (id, identity, url, login, state, created_at) values (?, ?, '', ?, 'new', now())",
                id,
                id.toString(),
                login);
    }

    void change(UUID organisation, UUID account, String secret) {
        Tenancy.in(
                organisation,
                () -> transactions.executeWithoutResult(status -> store(account, vault.seal(login(account), secret))));
    }

    void store(UUID organisation, UUID account, byte[] login) {
        Tenancy.in(organisation, () -> store(account, login));
    }

    private void store(UUID account, byte[] login) {
        jdbc.update("update account set login = ? where id = ?", login, account);
    }

    byte[] stored(UUID organisation, UUID account) {
        return Tenancy.in(organisation, () -> read(account));
    }

    private byte[] read(UUID account) {
        return Objects.requireNonNull(
                jdbc.queryForObject("select login from account where id = ?", byte[].class, account));
    }

    /** Reads a login as the service does. */
    String open(UUID organisation, UUID account) {
        return Tenancy.in(
                organisation,
                () -> vault.openText(login(account), () -> Optional.of(read(account)))
                        .orElseThrow());
    }

    /** Opens a value that was read before. */
    String open(UUID organisation, UUID account, byte[] value) {
        return Tenancy.in(organisation, () -> new String(vault.open(login(account), value), StandardCharsets.UTF_8));
    }

    long newNumbered(UUID organisation, String secret) {
        return Tenancy.in(
                organisation,
                () -> Objects.requireNonNull(transactions.execute(status -> {
                    long id = Objects.requireNonNull(jdbc.queryForObject(
                            "insert into numbered (secret) values (null) returning id", Long.class));
                    byte[] sealed = vault.seal(new Place("numbered", "secret", String.valueOf(id)), secret);
                    jdbc.update("update numbered set secret = ? where id = ?", sealed, id);
                    return id;
                })));
    }

    String openNumbered(UUID organisation, long id) {
        return Tenancy.in(organisation, () -> {
            byte[] value = Objects.requireNonNull(
                    jdbc.queryForObject("select secret from numbered where id = ?", byte[].class, id));
            Place place = new Place("numbered", "secret", String.valueOf(id));
            return new String(vault.open(place, value), StandardCharsets.UTF_8);
        });
    }

    /** Returns the ids of an organisation's data keys. */
    List<Long> dataKeys(UUID organisation) {
        return Tenancy.in(organisation, () -> jdbc.queryForList("select id from data_key order by id", Long.class));
    }

    /** Returns how many logins of an organisation are under another key than the one that encrypts. */
    long underOldKeys(UUID organisation) {
        return Tenancy.in(organisation, () -> Objects.requireNonNull(jdbc.queryForObject("""
                        select count(*) from account where not exists (
                            select from data_key where active
                              and substring(login from 1 for 9) = '\\x02'::bytea || int8send(data_key.id))
                        """, Long.class)));
    }

    WrappedKey wrapped(UUID organisation) {
        return Tenancy.in(
                organisation,
                () -> jdbc.queryForObject(
                        "select id, kek, wrapped from data_key where active",
                        (row, n) -> new WrappedKey(row.getLong(1), row.getString(2), row.getBytes(3))));
    }
}
