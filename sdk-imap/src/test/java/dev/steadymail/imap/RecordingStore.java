package dev.steadymail.imap;

import dev.steadymail.provider.KnownEmails;
import dev.steadymail.provider.SyncCursor;
import dev.steadymail.sync.ParkedEmail;
import dev.steadymail.sync.SyncBatch;
import dev.steadymail.sync.SyncStore;
import java.util.List;
import java.util.Optional;

/** Writes down what a store is told. */
record RecordingStore(SyncStore store, List<SyncBatch> batches) implements SyncStore {
    @Override
    public Optional<SyncCursor> cursor() {
        return store.cursor();
    }

    @Override
    public KnownEmails known() {
        return store.known();
    }

    @Override
    public void apply(SyncBatch batch) {
        store.apply(batch);
        batches.add(batch);
    }

    @Override
    public List<ParkedEmail> parked() {
        return store.parked();
    }
}
