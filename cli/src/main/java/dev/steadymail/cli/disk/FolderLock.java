package dev.steadymail.cli.disk;

import dev.steadymail.cli.outcome.CommandException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** Keeps a second run out of a folder. The operating system lets go of it when this process ends, however it ends. */
public final class FolderLock implements AutoCloseable {
    private final FileChannel channel;

    private FolderLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Takes the lock, without waiting.
     *
     * @param file the lock, made where missing
     * @param inUse what to say where another run has it, with a remedy
     * @throws CommandException in use, where another run has it
     */
    public static FolderLock take(Path file, String inUse) throws IOException {
        return take(PrivateFiles.create(file), false, inUse);
    }

    /**
     * Takes a part of the lock, without waiting and without writing: others can take a part too, and none of them all of it.
     *
     * @param file the lock, which is there
     * @param inUse what to say where another run has it, with a remedy
     * @throws CommandException in use, where another run has it
     */
    public static FolderLock share(Path file, String inUse) throws IOException {
        return take(FileChannel.open(file, StandardOpenOption.READ), true, inUse);
    }

    private static FolderLock take(FileChannel channel, boolean shared, String inUse) throws IOException {
        if (tryLock(channel, shared) == null) {
            channel.close();
            throw CommandException.inUse(inUse);
        }
        return new FolderLock(channel);
    }

    private static @Nullable FileLock tryLock(FileChannel channel, boolean shared) throws IOException {
        try {
            return channel.tryLock(0, Long.MAX_VALUE, shared);
        } catch (OverlappingFileLockException sameProcess) {
            return null;
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
