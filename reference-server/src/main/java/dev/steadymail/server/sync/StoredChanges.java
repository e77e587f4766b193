package dev.steadymail.server.sync;

import dev.steadymail.server.mail.ContentJson;
import dev.steadymail.sync.SyncBatch;
import java.util.UUID;
import java.util.function.Consumer;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Writes down at once what was done at a provider, in the way in which a sync would have found it, so that the next sync finds nothing
 * to do. Thread-safe.
 */
@Component
public final class StoredChanges {
    private final JdbcTemplate jdbc;
    private final TransactionOperations transactions;
    private final ContentJson json;

    StoredChanges(JdbcTemplate jdbc, TransactionOperations transactions, ContentJson json) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.json = json;
    }

    /**
     * Writes changes of one account, all or none; waits for a batch of a sync that is being written.
     *
     * @param changes adds them to a batch
     * @return false where nothing was written, since no sync has stored anything of the account yet
     * @throws dev.steadymail.mail.MailException of kind STORAGE or INVALID where the database does not take them
     */
    public boolean apply(UUID account, Consumer<SyncBatch.Builder> changes) {
        return new PostgresSyncStore(account, jdbc, transactions, json).change(changes);
    }
}
