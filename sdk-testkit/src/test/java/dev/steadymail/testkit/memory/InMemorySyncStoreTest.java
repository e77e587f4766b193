package dev.steadymail.testkit.memory;

import dev.steadymail.mail.EmailId;
import dev.steadymail.sync.SyncBatch;
import dev.steadymail.sync.SyncStore;
import dev.steadymail.testkit.conformance.SyncStoreConformance;
import dev.steadymail.testkit.conformance.SyncStoreFixture;

class InMemorySyncStoreTest extends SyncStoreConformance {
    @Override
    protected SyncStoreFixture newFixture() {
        return new Fixture(new InMemorySyncStore());
    }

    /** Memory is the medium, so opening again gives the same object. */
    private record Fixture(InMemorySyncStore store) implements SyncStoreFixture {
        @Override
        public SyncStore open() {
            return store;
        }

        @Override
        public Object ownId(SyncStore open, EmailId id) {
            return store.ownId(id).orElse(null);
        }

        @Override
        public boolean applyCutAt(int step, SyncBatch batch) {
            return false;
        }

        @Override
        public void close() {}
    }
}
