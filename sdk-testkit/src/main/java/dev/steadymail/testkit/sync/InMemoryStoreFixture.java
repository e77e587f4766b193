package dev.steadymail.testkit.sync;

import dev.steadymail.mail.EmailId;
import dev.steadymail.sync.SyncBatch;
import dev.steadymail.sync.SyncStore;
import dev.steadymail.testkit.conformance.SyncStoreFixture;
import dev.steadymail.testkit.memory.InMemorySyncStore;
import org.jspecify.annotations.Nullable;

/** A store in memory, which is its own medium: a batch is applied or not, and a process that dies takes nothing with it. */
final class InMemoryStoreFixture implements SyncStoreFixture {
    private final InMemorySyncStore store = new InMemorySyncStore();

    @Override
    public SyncStore open() {
        return store;
    }

    @Override
    public @Nullable Object ownId(SyncStore open, EmailId id) {
        return store.ownId(id).orElse(null);
    }

    @Override
    public boolean applyCutAt(int step, SyncBatch batch) {
        return false;
    }

    @Override
    public void close() {}
}
