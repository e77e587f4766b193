package dev.steadymail.observability.events;

import dev.steadymail.disk.PrivateFolder;
import dev.steadymail.disk.WriterLock;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.observability.export.EventBatch;
import dev.steadymail.time.TimeSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Batches in files, first in, first out: one file for each, put in its place at once, named by a number that grows. Files are not forced to
 * the disk: what a loss of power takes or tears is found out by the checksum, and is worth less than the wait. Not thread-safe.
 */
final class SpillFolder implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SpillFolder.class);
    private static final String LOCK = "lock";
    private static final String END = ".batch";
    private static final Pattern NAME = Pattern.compile("[0-9a-f]{16}\\" + END);
    private static final String UNFINISHED = ".new";

    private final Path folder;
    private final long maxOctets;
    private final WriterLock lock;
    private final FileAttribute<?>[] owners;
    private final Deque<Entry> entries = new ArrayDeque<>();
    private long octets;
    private long last;
    private boolean complained;
    private long put;
    private long found;
    private long sent;
    private long refused;
    private long dropped;
    private long waiting;
    private long damaged;

    private SpillFolder(Path folder, long maxOctets, WriterLock lock) {
        this.folder = folder;
        this.maxOctets = maxOctets;
        this.lock = lock;
        boolean posix = folder.getFileSystem().supportedFileAttributeViews().contains("posix");
        this.owners = posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }

    /** Opens a folder and looks what lies there; throws a MailException of kind STORAGE where that cannot be. */
    static SpillFolder open(SpillSettings settings, TimeSource time) {
        try {
            PrivateFolder folder = new PrivateFolder(
                    settings.folder(), "the folder of spilled events", ", or name another folder for them");
            folder.createIfMissing(LOCK);
            WriterLock lock =
                    WriterLock.take(folder.path(LOCK), "the folder of spilled events", time.deadline(Duration.ZERO));
            SpillFolder spill = new SpillFolder(settings.folder(), settings.maxOctets(), lock);
            spill.lookOrUnlock();
            return spill;
        } catch (IOException failure) {
            throw MailException.of(
                    Kind.STORAGE,
                    "the folder of spilled events cannot be used; check that it is a folder one may write to",
                    failure);
        }
    }

    private void lookOrUnlock() throws IOException {
        boolean looked = false;
        try {
            look();
            looked = true;
        } finally {
            if (!looked) {
                lock.close();
            }
        }
    }

    private void look() throws IOException {
        List<Path> files = new ArrayList<>();
        try (Stream<Path> all = Files.list(folder)) {
            for (Path file : (Iterable<Path>) all::iterator) {
                String name = file.getFileName().toString();
                if (name.endsWith(UNFINISHED)) {
                    Files.deleteIfExists(file);
                } else if (NAME.matcher(name).matches()) {
                    files.add(file);
                }
            }
        }
        files.sort(null);
        for (Path file : files) {
            found(file);
        }
        makeRoom(0);
    }

    private void found(Path file) throws IOException {
        String name = file.getFileName().toString();
        last = Math.max(last, Long.parseUnsignedLong(name.substring(0, name.length() - END.length()), 16));
        Optional<EventBatch> batch = read(file);
        if (batch.isEmpty()) {
            damaged++;
            Files.deleteIfExists(file);
            return;
        }
        int events = batch.get().events();
        found += events;
        add(new Entry(file, events, Files.size(file)));
    }

    private void add(Entry entry) {
        entries.add(entry);
        octets += entry.octets;
        waiting += entry.events;
    }

    boolean isEmpty() {
        return entries.isEmpty();
    }

    /** Puts a batch behind the others; the oldest give way where it needs their room. */
    void put(EventBatch batch) {
        put += batch.events();
        byte[] record = SpillRecord.of(batch);
        Path file = folder.resolve(String.format(Locale.ROOT, "%016x", ++last) + END);
        makeRoom(record.length);
        try {
            write(file, record);
            add(new Entry(file, batch.events(), record.length));
        } catch (IOException failure) {
            dropped += batch.events();
            complain(failure);
        }
    }

    private void write(Path file, byte[] record) throws IOException {
        Path fresh = folder.resolve(file.getFileName() + UNFINISHED);
        try {
            write(fresh, file, record);
        } catch (IOException failure) {
            boolean unused = Files.deleteIfExists(fresh); // half of it would be in nobody's count
            throw failure;
        }
    }

    private void write(Path fresh, Path file, byte[] record) throws IOException {
        Set<StandardOpenOption> options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try (SeekableByteChannel channel = Files.newByteChannel(fresh, options, owners)) {
            ByteBuffer rest = ByteBuffer.wrap(record);
            while (rest.hasRemaining()) {
                channel.write(rest);
            }
        }
        var unused = Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private void makeRoom(long octetsMore) {
        while (!entries.isEmpty() && octets + octetsMore > maxOctets) {
            dropped += entries.getFirst().events;
            remove();
        }
    }

    /**
     * Returns the oldest batch that is as it was written, or null where there is none; it stays there.
     *
     * @throws IOException where it cannot be read now, for want of open files for example, and may be later
     */
    @Nullable
    EventBatch first() throws IOException {
        while (!entries.isEmpty()) {
            try {
                Optional<EventBatch> batch = read(entries.getFirst().file);
                if (batch.isPresent()) {
                    return batch.get();
                }
                damaged++;
            } catch (NoSuchFileException gone) {
                complain(gone);
            } catch (IOException unreadable) {
                complain(unreadable);
                throw unreadable;
            }
            dropped += entries.getFirst().events;
            remove();
        }
        return null;
    }

    private static Optional<EventBatch> read(Path file) throws IOException {
        return Files.size(file) > SpillRecord.MOST_OCTETS
                ? Optional.empty()
                : SpillRecord.read(Files.readAllBytes(file));
    }

    /** The oldest batch arrived. */
    void firstSent() {
        sent += entries.getFirst().events;
        remove();
    }

    /** The oldest batch will never be taken. */
    void firstRefused() {
        refused += entries.getFirst().events;
        remove();
    }

    /** Drops everything. */
    void forget() {
        while (!entries.isEmpty()) {
            dropped += entries.getFirst().events;
            remove();
        }
    }

    private void remove() {
        Entry entry = entries.removeFirst();
        octets -= entry.octets;
        waiting -= entry.events;
        try {
            Files.deleteIfExists(entry.file);
        } catch (IOException failure) {
            complain(failure); // it is sent again at the next start, under the same id
        }
    }

    private void complain(IOException failure) {
        if (!complained) {
            complained = true;
            // Its message is a path, which may name a person.
            LOG.warn(
                    "Events could not be kept on disk ({}); see to the space and the rights of the folder. Said once",
                    failure.getClass().getSimpleName());
        }
    }

    BatcherStatistics.Spill statistics() {
        return new BatcherStatistics.Spill(put, found, sent, refused, dropped, waiting, damaged);
    }

    @Override
    public void close() {
        try {
            lock.close();
        } catch (IOException failure) {
            complain(failure);
        }
    }

    private record Entry(Path file, int events, long octets) {}
}
