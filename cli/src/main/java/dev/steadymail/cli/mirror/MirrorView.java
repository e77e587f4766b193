package dev.steadymail.cli.mirror;

import dev.steadymail.cli.disk.FolderLock;
import dev.steadymail.cli.outcome.CommandException;
import dev.steadymail.mail.EmailId;
import dev.steadymail.mail.MailException;
import dev.steadymail.sync.FileSyncStore;
import dev.steadymail.sync.StoredEmail;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * DIR as it is, to be read only: its index, and which email of the server each line is. No run of {@code mirror} can begin while a view
 * is open; other views can. Opening a state cuts off its torn end, so a copy is opened. Not thread-safe.
 */
final class MirrorView implements AutoCloseable {
    private static final String JOURNAL = "state.journal";

    private final FolderLock lock;
    private final Path dir;
    private final List<IndexEntry> entries;
    private final Map<EmailId, IndexEntry> byProviderId = new HashMap<>();
    private final List<IndexEntry> forgotten = new ArrayList<>();

    private MirrorView(FolderLock lock, Path dir, FolderOwner owner) throws IOException {
        this.lock = lock;
        this.dir = dir;
        Path own = dir.resolve(".steadymail");
        owner.check(own.resolve("account"));
        StateVersion.check(own.resolve("version"));
        this.entries = IndexReader.read(dir.resolve("index.jsonl"));
        match(own.resolve("state"));
    }

    /**
     * Opens a folder that a mirror has claimed.
     *
     * @throws MailException of kind STORAGE where it cannot be read or is damaged
     * @throws CommandException where it is in use, nobody's or another account's
     */
    static MirrorView open(Path dir, FolderOwner owner) {
        Path own = dir.resolve(".steadymail");
        if (!Files.isRegularFile(own.resolve("account")) || !Files.isRegularFile(own.resolve("lock"))) {
            throw CommandException.usage("DIR holds no mirror to verify; run mirror without --verify first");
        }
        try {
            return open(FolderLock.share(own.resolve("lock"), MirrorFolder.IN_USE), dir, owner);
        } catch (IOException failure) {
            throw StorageFailure.of("DIR cannot be read", failure);
        }
    }

    private static MirrorView open(FolderLock lock, Path dir, FolderOwner owner) throws IOException {
        try {
            return new MirrorView(lock, dir, owner);
        } catch (IOException | RuntimeException failure) {
            lock.close();
            throw failure;
        }
    }

    Path dir() {
        return dir;
    }

    /** Returns the lines of the index in their order. */
    List<IndexEntry> entries() {
        return entries;
    }

    /** Returns the lines by the id that the server has for each. */
    Map<EmailId, IndexEntry> byProviderId() {
        return byProviderId;
    }

    /** Returns lines that the state has no more: a run saw that the server had removed them, and was killed before its end. */
    List<IndexEntry> forgotten() {
        return forgotten;
    }

    private void match(Path state) throws IOException {
        Path copies = Files.createTempDirectory("steadymail-verify-");
        try {
            Files.copy(state.resolve(JOURNAL), copies.resolve(JOURNAL));
            try (FileSyncStore store = FileSyncStore.open(copies)) {
                if (LastLine.number(dir.resolve("index.jsonl")) > store.lastNumber()) {
                    throw DamagedState.of("state is damaged or older than index.jsonl");
                }
                match(store);
            }
        } finally {
            Files.deleteIfExists(copies.resolve(JOURNAL));
            Files.deleteIfExists(copies);
        }
    }

    private void match(FileSyncStore store) {
        Map<String, EmailId> ids = new HashMap<>();
        store.emails()
                .forEach((StoredEmail stored) ->
                        ids.put(stored.id(), stored.email().id()));
        for (IndexEntry entry : entries) {
            EmailId id = ids.get(entry.id());
            if (id == null) {
                forgotten.add(entry);
            } else {
                byProviderId.put(id, entry);
            }
        }
    }

    @Override
    public void close() {
        try {
            lock.close();
        } catch (IOException failure) {
            throw StorageFailure.of("DIR cannot be closed", failure);
        }
    }
}
