package dev.steadymail.jdbc;

import dev.steadymail.mail.AccountId;
import dev.steadymail.mail.EmailId;
import dev.steadymail.mail.MailException;
import dev.steadymail.sync.StoredEmail;
import dev.steadymail.sync.SyncBatch;
import dev.steadymail.sync.SyncStore;
import dev.steadymail.testkit.conformance.SyncStoreFixture;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** An account of its own in a database that the fixtures share. */
final class SyncFixture implements SyncStoreFixture {
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final DataSource unpooled;
    private final JdbcStores stores;
    private final AccountId account = new AccountId("account " + NUMBER.incrementAndGet());

    SyncFixture(DataSource unpooled, DataSource pooled) {
        this.unpooled = unpooled;
        this.stores = JdbcStores.open(pooled);
    }

    @Override
    public SyncStore open() {
        return stores.sync(account);
    }

    @Override
    public @Nullable Object ownId(SyncStore store, EmailId id) {
        return ((JdbcSyncStore) store).find(id).map(StoredEmail::id).orElse(null);
    }

    /** Opening the store takes steps, too, which are not counted. */
    @Override
    public boolean applyCutAt(int step, SyncBatch batch) {
        CutConnections cut = new CutConnections(unpooled, Integer.MAX_VALUE);
        JdbcSyncStore store = JdbcStores.open(cut.dataSource()).sync(account);
        cut.cutAfter(step);
        try {
            store.apply(batch);
        } catch (MailException cutOff) {
            // What counts is what the database has afterwards.
        }
        return cut.wasCut();
    }

    @Override
    public void close() {
        stores.remove(account);
    }
}
