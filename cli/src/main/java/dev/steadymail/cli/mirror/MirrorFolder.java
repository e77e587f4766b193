package dev.steadymail.cli.mirror;

import dev.steadymail.cli.disk.FolderLock;
import dev.steadymail.cli.disk.PrivateFiles;
import dev.steadymail.cli.terminal.JsonLine;
import dev.steadymail.mail.EmailId;
import dev.steadymail.mail.MailException;
import dev.steadymail.sync.FileSyncStore;
import dev.steadymail.sync.ParkedEmail;
import dev.steadymail.sync.StoredEmail;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * DIR: messages, index, and our own state under {@code .steadymail}. Only one run at a time has a folder open. Not thread-safe.
 */
final class MirrorFolder implements AutoCloseable {
    static final String IN_USE = "DIR is in use by another run; wait until that has ended, or choose another DIR";

    private final Path index;
    private final Path own;
    private final FolderOwner owner;
    private final FolderLock lock;
    private final MessageFiles messages;
    private final FileSyncStore store;

    private MirrorFolder(Path dir, FolderOwner owner, FolderLock lock, Runnable pulse) throws IOException {
        this.index = dir.resolve("index.jsonl");
        this.own = own(dir);
        this.owner = owner;
        this.lock = lock;
        this.messages = new MessageFiles(dir.resolve("messages"), temporary("message"), pulse);
        owner.check(own.resolve("account"));
        checkVersion();
        prepare(dir);
        this.store = FileSyncStore.open(own.resolve("state"));
    }

    /**
     * Opens a folder, made where missing.
     *
     * @param pulse called for every piece of a message that is stored; what it throws ends the storing
     * @throws MailException of kind STORAGE
     * @throws dev.steadymail.cli.outcome.CommandException where the folder is in use or another account's
     */
    static MirrorFolder open(Path dir, FolderOwner owner, Runnable pulse) {
        try {
            PrivateFiles.createFolder(own(dir));
            return open(dir, owner, FolderLock.take(own(dir).resolve("lock"), IN_USE), pulse);
        } catch (IOException failure) {
            throw StorageFailure.of("DIR cannot be used", failure);
        }
    }

    private static MirrorFolder open(Path dir, FolderOwner owner, FolderLock lock, Runnable pulse) throws IOException {
        try {
            MirrorFolder folder = new MirrorFolder(dir, owner, lock, pulse);
            folder.checkState();
            return folder;
        } catch (IOException | RuntimeException failure) {
            lock.close();
            throw failure;
        }
    }

    MessageFiles messages() {
        return messages;
    }

    FileSyncStore store() {
        return store;
    }

    /** Writes down whose folder this is, once the provider has confirmed that there is such an account. */
    void claim() {
        try {
            AtomicFile.write(
                    own.resolve("account"),
                    temporary("account"),
                    List.of(owner.line()).iterator());
        } catch (IOException failure) {
            throw StorageFailure.of("DIR cannot be written", failure);
        }
    }

    /** Writes the index of what is stored, and then drops messages that no line names any more. */
    void finish() {
        try {
            writeParked();
            writeIndex();
            messages.keepOnly(indexed().map(IndexLine::sha256).collect(Collectors.toSet()));
        } catch (IOException failure) {
            throw StorageFailure.of("the index cannot be written", failure);
        }
    }

    @Override
    public void close() {
        try (lock) {
            store.close();
        } catch (IOException failure) {
            throw StorageFailure.of("DIR cannot be closed", failure);
        }
    }

    private void prepare(Path dir) throws IOException {
        PrivateFiles.createFolder(own.resolve("tmp"));
        PrivateFiles.createFolder(own.resolve("state"));
        PrivateFiles.createFolder(dir.resolve("messages"));
        if (!Files.exists(own.resolve("account"))) {
            UntouchedFolder.check(index, messages);
        }
        clearTemporary();
        if (!Files.exists(index)) {
            AtomicFile.write(index, temporary("index"), Collections.emptyIterator());
        }
    }

    private void checkVersion() throws IOException {
        Path file = own.resolve("version");
        if (!Files.exists(file)) {
            PrivateFiles.createFolder(own.resolve("tmp"));
            AtomicFile.write(
                    file, temporary("version"), List.of(StateVersion.CURRENT).iterator());
            return;
        }
        StateVersion.check(file);
    }

    /** Every id in the index was written to the state before; a state that knows less has lost its end. */
    private void checkState() throws IOException {
        if (LastLine.number(index) > store.lastNumber()) {
            store.close();
            throw DamagedState.of("state is damaged or older than index.jsonl");
        }
    }

    /** Has what was deleted or cut short since the last run read again, and returns how many emails that are. */
    int parkLost() {
        try {
            return LostFiles.park(store, messages);
        } catch (IOException failure) {
            throw StorageFailure.of("DIR cannot be read", failure);
        }
    }

    /** What a killed run left half written. */
    private void clearTemporary() throws IOException {
        try (Stream<Path> leftovers = Files.list(own.resolve("tmp"))) {
            for (Path file : leftovers.toList()) {
                Files.delete(file);
            }
        }
    }

    private void writeIndex() throws IOException {
        IndexLine lines = new IndexLine(store.known().mailboxes());
        Iterator<String> sorted = indexed()
                .sorted(Comparator.comparing(StoredEmail::id, IndexLine.BYTE_ORDER))
                .map(lines::of)
                .iterator();
        AtomicFile.write(index, temporary("index"), sorted);
    }

    /** Emails whose file is there; one whose file got lost is parked. */
    private Stream<StoredEmail> indexed() {
        Set<EmailId> parked = store.parked().stream().map(ParkedEmail::id).collect(Collectors.toSet());
        return store.emails().filter(stored -> !parked.contains(stored.email().id()));
    }

    private void writeParked() throws IOException {
        Iterator<String> lines = store.parked().stream()
                .sorted(Comparator.comparing(email -> email.id().value(), IndexLine.BYTE_ORDER))
                .map(MirrorFolder::parkedLine)
                .iterator();
        AtomicFile.write(own.resolve("parked.jsonl"), temporary("parked"), lines);
    }

    private static String parkedLine(ParkedEmail email) {
        return new JsonLine()
                .put("providerId", email.id().value())
                .put("reason", email.reason())
                .toString();
    }

    private Path temporary(String name) {
        return own.resolve("tmp").resolve(name);
    }

    private static Path own(Path dir) {
        return dir.resolve(".steadymail");
    }
}
