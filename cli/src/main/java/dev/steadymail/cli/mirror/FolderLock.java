package dev.steadymail.cli.mirror;

import dev.steadymail.cli.outcome.CommandException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Keeps a second run out of a folder. The operating system lets go of it when this process ends, however it ends. */
final class FolderLock implements AutoCloseable {
    private final FileChannel channel;

    private FolderLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Takes the lock.
     *
     * @throws CommandException in use, where another run has it
     */
    static FolderLock take(Path file) throws IOException {
        FileChannel channel = PrivateFiles.create(file);
        if (tryLock(channel) == null) {
            channel.close();
            throw CommandException.inUse(
                    "DIR is in use by another run; wait until that has ended, or choose another DIR");
        }
        return new FolderLock(channel);
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException sameProcess) {
            return null;
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
