package dev.steadymail.server.sync;

import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.provider.KnownEmails;
import dev.steadymail.provider.SyncCursor;
import dev.steadymail.server.mail.ContentJson;
import dev.steadymail.sync.ParkedEmail;
import dev.steadymail.sync.SyncBatch;
import dev.steadymail.sync.SyncStore;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionOperations;

/**
 * The sync store of one account, on PostgreSQL. A batch is one transaction that first locks the account's row, so that it and the
 * removal of the account wait for each other. Failures of the database are kind STORAGE, and repeating the run is safe.
 */
final class PostgresSyncStore implements SyncStore {
    private final UUID account;
    private final JdbcTemplate jdbc;
    private final TransactionOperations transactions;
    private final BatchWriter writer;

    PostgresSyncStore(UUID account, JdbcTemplate jdbc, TransactionOperations transactions, ContentJson json) {
        this.account = account;
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.writer = new BatchWriter(account, jdbc, json);
    }

    @Override
    public Optional<SyncCursor> cursor() {
        return stored(
                () -> jdbc
                        .query(
                                "select value from sync_cursor where account_id = ?",
                                (row, n) -> row.getString(1),
                                account)
                        .stream()
                        .map(SyncCursor::new)
                        .findFirst());
    }

    @Override
    public KnownEmails known() {
        return new KnownRows(account, jdbc);
    }

    /** What the database refuses for its content is INVALID: the engine parks it alone, and the rest of the batch goes in. */
    @Override
    public void apply(SyncBatch batch) {
        stored(() -> {
            write(batch);
            return batch;
        });
    }

    private void write(SyncBatch batch) {
        transactions.executeWithoutResult(status -> {
            lockAccount();
            writer.write(batch);
        });
    }

    /**
     * Writes changes that a run has not told yet, under the cursor that is there: the next run finds them done.
     *
     * @return false where nothing was written, since no run has stored anything yet
     */
    boolean change(Consumer<SyncBatch.Builder> changes) {
        return stored(() -> Boolean.TRUE.equals(transactions.execute(status -> {
            lockAccount();
            Optional<SyncCursor> here = cursor();
            here.map(SyncBatch::to).ifPresent(batch -> {
                changes.accept(batch);
                writer.write(batch.build());
            });
            return here.isPresent();
        })));
    }

    @Override
    public List<ParkedEmail> parked() {
        return stored(() -> jdbc.query(
                "select provider_id, reason, tries, retry_at from parked_email where account_id = ?",
                (row, n) -> new ParkedEmail(
                        ProviderId.email(row.getString(1)),
                        row.getString(2),
                        row.getInt(3),
                        row.getObject(4, OffsetDateTime.class).toInstant()),
                account));
    }

    private void lockAccount() {
        if (jdbc.queryForList("select 1 from account where id = ? for no key update", account)
                .isEmpty()) {
            throw MailException.of(Kind.STORAGE, "the account was removed; nothing more is stored for it");
        }
    }

    static <T> T stored(Supplier<T> access) {
        try {
            return access.get();
        } catch (DataAccessException | TransactionException failure) {
            throw DatabaseTrouble.of(failure);
        }
    }
}
