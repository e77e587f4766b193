package dev.steadymail.jdbc;

import dev.steadymail.mail.EmailId;
import dev.steadymail.provider.KnownEmails;
import dev.steadymail.provider.SyncCursor;
import dev.steadymail.sync.ParkedEmail;
import dev.steadymail.sync.StoredEmail;
import dev.steadymail.sync.SyncBatch;
import dev.steadymail.sync.SyncStore;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What syncs of one account know, in a database; made by {@link JdbcStores#sync}. A batch and its cursor are one transaction. Emails
 * stay in the database: memory grows with the batch and with the mailboxes, not with the emails, and the collections of {@link #known}
 * read a page at a time, as they are at that moment. One sync at a time uses an account, which the caller sees to; reading beside it is
 * safe from any thread.
 */
public final class JdbcSyncStore implements SyncStore {
    private static final String TAKE_NUMBERS =
            "update steadymail_account set sync_cursor = ?, last_number = last_number + ? where id = ?";
    private static final String LAST_NUMBER = "select last_number from steadymail_account where id = ?";
    private static final String CURSOR =
            "select sync_cursor from steadymail_account where id = ? and sync_cursor is not null";
    private static final String PARKED =
            "select id_text, reason, tries, retry_ms from steadymail_parked where account_id = ?";

    private final Database database;
    private final long account;
    private final KnownRows known;

    JdbcSyncStore(Database database, long account) {
        this.database = database;
        this.account = account;
        this.known = new KnownRows(database, account);
    }

    @Override
    public Optional<SyncCursor> cursor() {
        return database.read(session ->
                session.first(CURSOR, row -> new SyncCursor(SafeText.read(row.getString("sync_cursor"))), account));
    }

    @Override
    public KnownEmails known() {
        return known;
    }

    /** The account's row comes first: it makes batches of one account wait for each other, and for the account's removal. */
    @Override
    public void apply(SyncBatch batch) {
        int numbers = batch.created().size();
        database.write(session -> {
            if (session.update(TAKE_NUMBERS, SafeText.write(batch.cursor().value()), numbers, account) == 0) {
                throw DatabaseTrouble.accountRemoved();
            }
            new BatchWriter(session, account, session.number(LAST_NUMBER, account) - numbers).write(batch);
            return true;
        });
    }

    @Override
    public List<ParkedEmail> parked() {
        return database.read(session -> session.list(
                PARKED,
                row -> new ParkedEmail(
                        KnownRows.emailId(row),
                        SafeText.read(row.getString("reason")),
                        row.getInt("tries"),
                        Instant.ofEpochMilli(row.getLong("retry_ms"))),
                account));
    }

    /** Returns an email with the id that this store gave it at first sight, which moves do not change. */
    public Optional<StoredEmail> find(EmailId id) {
        return known.row(id).map(JdbcSyncStore::stored);
    }

    /** Returns all emails with the ids that this store gave them, in order of first sight, read a page at a time. */
    public Stream<StoredEmail> emails() {
        return new PagedEmails<>(database, account, null, JdbcSyncStore::stored).stream();
    }

    private static StoredEmail stored(EmailRow row) {
        return new StoredEmail(String.format(Locale.ROOT, "e%010d", row.number()), row.email());
    }
}
