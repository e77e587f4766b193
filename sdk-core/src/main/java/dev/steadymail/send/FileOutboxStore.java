package dev.steadymail.send;

import dev.steadymail.disk.PrivateFolder;
import dev.steadymail.disk.WriterLock;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.mail.RawContent;
import dev.steadymail.time.Deadline;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An {@link OutboxStore} in one folder on disk, for one process at a time, which only its owner may read: a file for each entry, about
 * 1 kB, and one for each content until its entry is settled for good. Every change is one file put in another's place and forced to the
 * disk. Entries are in memory, too, about 1 kB each. Thread-safe.
 */
public final class FileOutboxStore implements OutboxStore, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FileOutboxStore.class);
    private static final String NAME = "the outbox folder";
    private static final String LOCK = "lock";
    private static final String ENTRY = ".entry";
    private static final String CONTENT = ".eml";
    private static final Duration LOCK_WAIT = Duration.ofSeconds(1);

    private final PrivateFolder folder;
    private final WriterLock lock;
    private final EntryTable table = new EntryTable();
    private boolean closed;

    private FileOutboxStore(PrivateFolder folder, WriterLock lock) {
        this.folder = folder;
        this.lock = lock;
    }

    /**
     * Opens the store in a folder, made where missing.
     *
     * @throws MailException of kind STORAGE where the folder cannot be used, is another process's now, is open to other users, or has an
     *     entry that cannot be read
     */
    public static FileOutboxStore open(Path folder) {
        try {
            PrivateFolder opened = new PrivateFolder(folder, NAME, "");
            opened.createIfMissing(LOCK);
            Deadline deadline = new Deadline(System.nanoTime() + LOCK_WAIT.toNanos(), System::nanoTime);
            FileOutboxStore store = new FileOutboxStore(opened, WriterLock.take(opened.path(LOCK), NAME, deadline));
            try {
                store.load(folder);
                return store;
            } catch (IOException | RuntimeException failure) {
                store.lock.close();
                throw failure;
            }
        } catch (IOException failure) {
            throw storage("the outbox cannot be opened", failure);
        }
    }

    private void load(Path path) throws IOException {
        try (Stream<Path> files = Files.list(path)) {
            for (Path file : files.toList()) {
                load(String.valueOf(file.getFileName()));
            }
        }
    }

    /** What is neither an entry nor the content of one was being written when a process ended. */
    private void load(String name) throws IOException {
        if (name.endsWith(ENTRY)) {
            table.put(EntryFile.read(folder.read(name, EntryFile.MOST_OCTETS).orElseThrow()));
        } else if (name.endsWith(".new")
                || (name.endsWith(CONTENT)
                        && !folder.has(name.substring(0, name.length() - CONTENT.length()) + ENTRY))) {
            folder.delete(name);
        }
    }

    @Override
    public synchronized Optional<OutboxEntry> add(OutboxEntry entry, RawContent content) {
        requireOpen();
        Optional<OutboxEntry> there = table.find(entry.key());
        if (there.isPresent()) {
            return there;
        }
        String name = name(entry.key());
        try {
            folder.replace(name + CONTENT, out -> copy(content, out));
            folder.replace(name + ENTRY, EntryFile.write(entry));
        } catch (IOException failure) {
            throw storage("the outbox cannot be written", failure);
        }
        table.put(entry);
        return Optional.empty();
    }

    private static void copy(RawContent content, OutputStream out) throws IOException {
        try (InputStream in = content.open()) {
            if (in.transferTo(out) != content.size()) {
                throw new IOException("the message is not as long as it was said to be");
            }
        }
    }

    @Override
    public synchronized Optional<OutboxEntry> find(String key) {
        requireOpen();
        return table.find(key);
    }

    @Override
    public synchronized RawContent content(OutboxEntry entry) {
        requireOpen();
        return RawContent.of(folder.path(name(entry.key()) + CONTENT));
    }

    @Override
    public synchronized boolean replace(OutboxEntry next) {
        requireOpen();
        if (!table.isNext(next)) {
            return false;
        }
        try {
            folder.replace(name(next.key()) + ENTRY, EntryFile.write(next));
        } catch (IOException failure) {
            throw storage("the outbox cannot be written", failure);
        }
        table.put(next);
        if (next.state().isFinal() && next.isSettled()) {
            drop(name(next.key()) + CONTENT);
        }
        return true;
    }

    /** What stays costs room only, and goes with its entry. */
    private void drop(String name) {
        try {
            folder.delete(name);
        } catch (IOException failure) {
            LOG.warn("a settled message's content could not be removed from the outbox: {}", failure.getClass());
        }
    }

    @Override
    public synchronized List<OutboxEntry> due(Set<OutboxState> states, Instant until, int most) {
        requireOpen();
        return table.due(states, until, most);
    }

    @Override
    public synchronized Optional<Instant> nextDue(Set<OutboxState> states) {
        requireOpen();
        return table.nextDue(states);
    }

    @Override
    public synchronized Optional<Instant> left(int nth) {
        requireOpen();
        return table.left(nth);
    }

    @Override
    public synchronized List<OutboxEntry> list(int most) {
        requireOpen();
        return table.list(most);
    }

    @Override
    public synchronized int waiting() {
        requireOpen();
        return table.waiting();
    }

    @Override
    public synchronized int forget(Instant settledBefore) {
        requireOpen();
        List<OutboxEntry> old = table.settledBefore(settledBefore);
        for (OutboxEntry entry : old) {
            String name = name(entry.key());
            try {
                folder.delete(name + ENTRY);
                folder.delete(name + CONTENT);
            } catch (IOException failure) {
                throw storage("an old entry cannot be removed from the outbox", failure);
            }
            table.remove(entry.key());
        }
        return old.size();
    }

    /** The folder is locked. */
    @Override
    public boolean isExclusive() {
        return true;
    }

    /** Whoever still uses it must not write what another process does not know of. */
    private void requireOpen() {
        if (closed) {
            throw MailException.of(Kind.STORAGE, "the outbox folder was closed; open it again");
        }
    }

    /** Lets another process open the folder; every later call fails. Harmless when repeated. */
    @Override
    public synchronized void close() {
        closed = true;
        try {
            lock.close();
        } catch (IOException failure) {
            throw storage("the outbox cannot be closed", failure);
        }
    }

    /** Keys may hold anything, and names of files may not. */
    private static String name(String key) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }

    private static MailException storage(String what, IOException failure) {
        return MailException.of(
                Kind.STORAGE,
                what + "; check the folder's disk and rights, "
                        + failure.getClass().getSimpleName(),
                failure);
    }
}
