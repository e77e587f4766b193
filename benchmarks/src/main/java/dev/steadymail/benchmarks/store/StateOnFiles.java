package dev.steadymail.benchmarks.store;

import dev.steadymail.mail.Email;
import dev.steadymail.provider.KnownEmails;
import dev.steadymail.provider.SyncCursor;
import dev.steadymail.sync.FileSyncStore;
import dev.steadymail.sync.StoredEmail;
import dev.steadymail.sync.SyncBatch;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/** The state as the mirror has it. */
final class StateOnFiles implements MirrorStore {
    private final FileSyncStore store;

    StateOnFiles(Path folder) {
        this.store = FileSyncStore.open(folder);
    }

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
    }

    @Override
    public void stage(Email email) {
        store.stage(email);
    }

    @Override
    public Stream<StoredEmail> sorted() {
        return store.emails().sorted(Comparator.comparing(StoredEmail::id));
    }

    @Override
    public void close() {
        store.close();
    }
}
