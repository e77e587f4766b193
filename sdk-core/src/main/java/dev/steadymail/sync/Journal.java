package dev.steadymail.sync;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Iterator;
import java.util.zip.CRC32C;

/**
 * A file to which entries are only added. Each entry is its length, its CRC-32C and its bytes, so that one cut short by a crash
 * is recognised and dropped with all after it: what was appended before stays, what was being appended never was. Not
 * thread-safe.
 */
final class Journal implements AutoCloseable {
    private static final byte[] HEADER = "steadymail state 1\n".getBytes(StandardCharsets.US_ASCII);
    private static final int FRAME = 8;
    private static final int MAX_ENTRY = 256 << 20;

    private final Path file;
    private FileChannel channel;
    private long length;

    private Journal(Path file, FileChannel channel, long length) {
        this.file = file;
        this.channel = channel;
        this.length = length;
    }

    /** Opens or creates the file, hands each whole entry to {@code reader}, and cuts off a torn end. */
    static Journal open(Path file, EntryReader reader) throws IOException {
        FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            long good = channel.size() < HEADER.length ? begin(channel, file) : read(channel, reader);
            channel.truncate(good);
            return new Journal(file, channel, good);
        } catch (IOException failure) {
            channel.close();
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

    private void append(ByteBuffer frame, boolean forced) throws IOException {
        try {
            uninterrupted(open -> {
                write(open, frame.rewind(), length);
                if (forced) {
                    open.force(false);
                }
            });
            length += frame.limit();
        } catch (IOException failure) {
            cutBack(failure);
            throw failure;
        }
    }

    /** An interrupt closes the channel in use (it is the caller's wait that is to end, not this file), so it is opened again. */
    private void uninterrupted(ChannelWork work) throws IOException {
        boolean interrupted = Thread.interrupted();
        try {
            while (true) {
                try {
                    work.on(channel);
                    return;
                } catch (ClosedByInterruptException interrupt) {
                    interrupted |= Thread.interrupted();
                    channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Puts {@code entries} in the place of all entries, at once or not at all. */
    void replace(Iterator<byte[]> entries) throws IOException {
        Path next = file.resolveSibling(file.getFileName() + ".new");
        FileChannel fresh = FileChannel.open(
                next,
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE);
        long end = HEADER.length;
        try {
            write(fresh, ByteBuffer.wrap(HEADER), 0);
            while (entries.hasNext()) {
                byte[] entry = entries.next();
                write(fresh, frame(entry), end);
                end += FRAME + entry.length;
            }
            fresh.force(true);
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException failure) {
            fresh.close();
            Files.deleteIfExists(next);
            throw failure;
        }
        takeOver(fresh, end);
    }

    /** From here on the old file has no name any more, so nothing may keep us from writing to the new one. */
    private void takeOver(FileChannel fresh, long end) throws IOException {
        FileChannel old = channel;
        channel = fresh;
        length = end;
        try (old) {
            forceFolder(file);
        }
    }

    /** Without this a loss of power may bring the file back that was replaced, without what was appended since. */
    private static void forceFolder(Path file) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null
                || !folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            return;
        }
        try (FileChannel directory = FileChannel.open(folder, StandardOpenOption.READ)) {
            directory.force(true);
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private static long begin(FileChannel channel, Path file) throws IOException {
        channel.truncate(0);
        write(channel, ByteBuffer.wrap(HEADER), 0);
        channel.force(true);
        forceFolder(file);
        return HEADER.length;
    }

    private static long read(FileChannel channel, EntryReader reader) throws IOException {
        InputStream stream = Channels.newInputStream(channel.position(0));
        DataInputStream in = new DataInputStream(new BufferedInputStream(stream, 1 << 16));
        if (!Arrays.equals(in.readNBytes(HEADER.length), HEADER)) {
            throw new DamagedJournalException("it is damaged or of another version", null);
        }
        long good = HEADER.length;
        long size = channel.size();
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

    private static ByteBuffer frame(byte[] entry) throws IOException {
        if (entry.length > MAX_ENTRY) {
            throw new IOException("an entry of " + entry.length + " bytes is over the limit of " + MAX_ENTRY);
        }
        ByteBuffer frame = ByteBuffer.allocate(FRAME + entry.length);
        return frame.putInt(entry.length).putInt(checksum(entry)).put(entry).flip();
    }

    private static int checksum(byte[] entry) {
        CRC32C crc = new CRC32C();
        crc.update(entry);
        return (int) crc.getValue();
    }

    private static void write(FileChannel channel, ByteBuffer bytes, long at) throws IOException {
        long position = at;
        while (bytes.hasRemaining()) {
            position += channel.write(bytes, position);
        }
    }

    /** A full disk may have taken half an entry; without it the next append would write behind garbage. */
    private void cutBack(IOException failure) {
        try {
            channel.truncate(length);
        } catch (IOException again) {
            failure.addSuppressed(again);
        }
    }

    @FunctionalInterface
    private interface ChannelWork {
        void on(FileChannel channel) throws IOException;
    }

    /** Takes the entries of a file in order. */
    @FunctionalInterface
    interface EntryReader {
        void accept(byte[] entry) throws IOException;
    }
}
