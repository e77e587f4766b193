package dev.steadymail.testkit.sync;

import dev.steadymail.mail.EmailId;
import dev.steadymail.sync.FileSyncStore;
import dev.steadymail.sync.StoredEmail;
import dev.steadymail.sync.SyncBatch;
import dev.steadymail.sync.SyncStore;
import dev.steadymail.testkit.conformance.SyncStoreFixture;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A step is one byte of the journal. */
final class FileStoreFixture implements SyncStoreFixture {
    private final Path medium;
    private FileSyncStore store;

    FileStoreFixture(Path medium) {
        this.medium = medium;
    }

    @Override
    public SyncStore open() {
        close();
        store = FileSyncStore.open(medium);
        return store;
    }

    @Override
    public Object ownId(SyncStore open, EmailId id) {
        return store.emails()
                .filter(email -> email.email().id().equals(id))
                .map(StoredEmail::id)
                .findFirst()
                .orElse(null);
    }

    @Override
    public boolean applyCutAt(int step, SyncBatch batch) {
        Path journal = medium.resolve("state.journal");
        try {
            long before = Files.size(journal);
            store.apply(batch);
            close();
            return cut(journal, before + step);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static boolean cut(Path journal, long length) throws IOException {
        try (FileChannel file = FileChannel.open(journal, StandardOpenOption.WRITE)) {
            boolean cut = length < file.size();
            file.truncate(length);
            return cut;
        }
    }

    @Override
    public void close() {
        if (store != null) {
            store.close();
        }
    }
}
