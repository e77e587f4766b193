package dev.steadymail.jdbc;

import dev.steadymail.mail.AccountId;
import dev.steadymail.mail.MailException;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * Stores of many accounts in one PostgreSQL (12 and newer) or SQLite (3.35 and newer, in a file) database. The caller owns the data
 * source, gives it a pool and a limit for handing out connections, and closes it; no connection is kept between calls, and
 * each is given back with the auto-commit it had. A statement may take {@code 30 s}, waiting for locks included.
 *
 * <p>Tables begin with {@code steadymail_} and are in the schema where the connections create tables. They hold addresses, subjects
 * and whole messages as they are: who may read the database may read the mail that waits in it. Thread-safe.
 */
public final class JdbcStores {
    private static final String ADD_ACCOUNT =
            "insert into steadymail_account (name_hash, name) values (?, ?) on conflict (name_hash) do nothing";
    private static final String ACCOUNT = "select id from steadymail_account where name_hash = ?";
    private static final List<String> REMOVE = List.of(
            // First: it waits for whoever is writing for the account, and those who come later are refused.
            "delete from steadymail_account where id = ?",
            "delete from steadymail_content where outbox_id in (select id from steadymail_outbox where account_id = ?)",
            "delete from steadymail_outbox where account_id = ?",
            "delete from steadymail_place where account_id = ?",
            "delete from steadymail_parked where account_id = ?",
            "delete from steadymail_email where account_id = ?",
            "delete from steadymail_mailbox where account_id = ?");

    private final Database database;

    private JdbcStores(Database database) {
        this.database = database;
    }

    /**
     * Opens the stores of a database and brings the tables to this version; several processes may do so at once. Where the tables are of
     * this version, no right to create tables is needed.
     *
     * @throws MailException UNSUPPORTED for another database, or tables of a newer version; STORAGE where the database fails
     */
    public static JdbcStores open(DataSource source) {
        Database database = Database.of(source);
        new Schema(database).upgrade();
        return new JdbcStores(database);
    }

    /**
     * Returns the outbox of an account. Processes may use one account's outbox at the same time.
     *
     * @throws MailException STORAGE where the database fails
     */
    public JdbcOutboxStore outbox(AccountId account) {
        return new JdbcOutboxStore(database, id(account));
    }

    /**
     * Returns what syncs of an account know.
     *
     * @throws MailException STORAGE where the database fails
     */
    public JdbcSyncStore sync(AccountId account) {
        return new JdbcSyncStore(database, id(account));
    }

    /**
     * Removes all that is stored of an account, messages that wait included. Stores of it that are open fail from then on when they would
     * add something.
     *
     * @return whether there was such an account
     */
    public boolean remove(AccountId account) {
        Optional<Long> id = find(account);
        id.ifPresent(number -> database.write(session -> {
            for (String sql : REMOVE) {
                session.update(sql, number);
            }
            return true;
        }));
        return id.isPresent();
    }

    /** Fails the transaction where the account is gone, so that nothing is stored that nobody would remove. */
    static void requireAccount(Session session, long account) throws SQLException {
        if (session.number("select count(*) from steadymail_account where id = ?", account) == 0) {
            throw DatabaseTrouble.accountRemoved();
        }
    }

    private long id(AccountId account) {
        return find(account)
                .orElseGet(() -> database.write(session -> {
                    byte[] name = SafeText.key(account.value());
                    session.update(ADD_ACCOUNT, name, SafeText.write(account.value()));
                    return session.number(ACCOUNT, name);
                }));
    }

    private Optional<Long> find(AccountId account) {
        byte[] name = SafeText.key(account.value());
        return database.read(session -> session.first(ACCOUNT, row -> row.getLong(1), name));
    }
}
