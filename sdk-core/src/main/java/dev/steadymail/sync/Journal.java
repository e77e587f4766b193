package dev.steadymail.sync;

import dev.steadymail.disk.ForcedFolder;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Iterator;
import java.util.zip.CRC32C;

/**
 * A file to which entries are only added. Each entry is its length, its CRC-32C and its bytes, so that one cut short by a crash
 * is recognised and dropped with all after it: what was appended before stays, what was being appended never was. An interrupt
 * ends the wait of a caller, not a write: channels would be closed by it, hence {@link RandomAccessFile}. Not thread-safe.
 */
final class Journal implements AutoCloseable {
    private static final byte[] HEADER = "steadymail state 1\n".getBytes(StandardCharsets.US_ASCII);
    private static final int FRAME = 8;
    private static final int MAX_ENTRY = 256 << 20;

    private final Path path;
    private RandomAccessFile file;
    private long length;

    private Journal(Path path, RandomAccessFile file, long length) {
        this.path = path;
        this.file = file;
        this.length = length;
    }

    /** Opens or creates the file, hands each whole entry to {@code reader}, and cuts off a torn end. */
    static Journal open(Path path, EntryReader reader) throws IOException {
        RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw");
        try {
            long good = file.length() < HEADER.length ? begin(file, path) : read(file, reader);
            file.setLength(good);
            return new Journal(path, file, good);
        } catch (IOException failure) {
            file.close();
            throw failure;
        }
    }

    long length() {
        return length;
    }

    /** Adds an entry that may be lost with the machine's power, but not with this process. */
    void append(byte[] entry) throws IOException {
        append(frame(entry), false);
    }

    /** Adds an entry that, like all before it, survives a loss of power. */
    void appendForced(byte[] entry) throws IOException {
        append(frame(entry), true);
    }

    private void append(byte[] frame, boolean forced) throws IOException {
        try {
            write(file, frame, length);
            if (forced) {
                file.getFD().sync();
            }
            length += frame.length;
        } catch (IOException failure) {
            cutBack(failure);
            throw failure;
        }
    }

    /** Puts {@code entries} in the place of all entries, at once or not at all. */
    void replace(Iterator<byte[]> entries) throws IOException {
        Path next = path.resolveSibling(path.getFileName() + ".new");
        RandomAccessFile fresh = new RandomAccessFile(next.toFile(), "rw");
        long end = HEADER.length;
        try {
            fresh.setLength(0);
            write(fresh, HEADER, 0);
            while (entries.hasNext()) {
                byte[] frame = frame(entries.next());
                write(fresh, frame, end);
                end += frame.length;
            }
            fresh.getFD().sync();
            Files.move(next, path, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException failure) {
            fresh.close();
            Files.deleteIfExists(next);
            throw failure;
        }
        takeOver(fresh, end);
    }

    /** From here on the old file has no name any more, so nothing may keep us from writing to the new one. */
    private void takeOver(RandomAccessFile fresh, long end) throws IOException {
        RandomAccessFile old = file;
        file = fresh;
        length = end;
        try (old) {
            forceFolder(path);
        }
    }

    /** Without this a loss of power may bring the file back that was replaced, without what was appended since. */
    private static void forceFolder(Path path) throws IOException {
        Path folder = path.toAbsolutePath().getParent();
        if (folder != null) {
            ForcedFolder.force(folder);
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    private static long begin(RandomAccessFile file, Path path) throws IOException {
        file.setLength(0);
        write(file, HEADER, 0);
        file.getFD().sync();
        forceFolder(path);
        return HEADER.length;
    }

    /** Reads through a stream of its own, so that nothing is closed but by the journal. */
    @SuppressWarnings("resource")
    private static long read(RandomAccessFile file, EntryReader reader) throws IOException {
        file.seek(0);
        DataInputStream in = new DataInputStream(new BufferedInputStream(new FileInputStream(file.getFD()), 1 << 16));
        if (!Arrays.equals(in.readNBytes(HEADER.length), HEADER)) {
            throw new DamagedJournalException("it is damaged or of another version", null);
        }
        long good = HEADER.length;
        long size = file.length();
        while (size - good >= FRAME) {
            byte[] entry = nextEntry(in, size - good - FRAME);
            if (entry.length == 0) {
                break;
            }
            reader.accept(entry);
            good += FRAME + entry.length;
        }
        return good;
    }

    /** Returns the next whole entry, or an empty array where the file ends in a torn one. */
    private static byte[] nextEntry(DataInputStream in, long available) throws IOException {
        byte[] torn = new byte[0];
        try {
            int entryLength = in.readInt();
            int checksum = in.readInt();
            if (entryLength <= 0 || entryLength > MAX_ENTRY || entryLength > available) {
                return torn;
            }
            byte[] entry = in.readNBytes(entryLength);
            return entry.length == entryLength && checksum(entry) == checksum ? entry : torn;
        } catch (EOFException cut) {
            return torn;
        }
    }

    private static byte[] frame(byte[] entry) throws IOException {
        if (entry.length > MAX_ENTRY) {
            throw new IOException("an entry of " + entry.length + " bytes is over the limit of " + MAX_ENTRY);
        }
        byte[] frame = new byte[FRAME + entry.length];
        ByteBuffer.wrap(frame).putInt(entry.length).putInt(checksum(entry)).put(entry);
        return frame;
    }

    private static int checksum(byte[] entry) {
        CRC32C crc = new CRC32C();
        crc.update(entry);
        return (int) crc.getValue();
    }

    private static void write(RandomAccessFile file, byte[] bytes, long at) throws IOException {
        file.seek(at);
        file.write(bytes);
    }

    /** A full disk may have taken half an entry; without it the next append would write behind garbage. */
    private void cutBack(IOException failure) {
        try {
            file.setLength(length);
        } catch (IOException again) {
            failure.addSuppressed(again);
        }
    }

    /** Takes the entries of a file in order. */
    @FunctionalInterface
    interface EntryReader {
        void accept(byte[] entry) throws IOException;
    }
}
