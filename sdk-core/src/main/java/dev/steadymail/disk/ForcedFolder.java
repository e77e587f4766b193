package dev.steadymail.disk;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Makes what happened to the names in a folder survive a loss of power: without it a file may come back that was replaced or deleted. */
public final class ForcedFolder {
    /** A folder is forced through a channel, which each interrupt closes; more of them than this are a defect, not a wish. */
    private static final int MAX_INTERRUPTS = 1_000;

    private ForcedFolder() {}

    /** Forces a folder to the disk, where the file system knows how to; interrupts do not end it, and are kept. */
    public static void force(Path folder) throws IOException {
        if (!folder.getFileSystem()
                .supportedFileAttributeViews()
                .contains("posix")) { // elsewhere folders cannot be opened
            return;
        }
        boolean interrupted = Thread.interrupted();
        try {
            for (int tries = 0; !forced(folder, tries); tries++) {
                interrupted |= Thread.interrupted();
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Returns whether the folder is on the disk; not where an interrupt came between. */
    private static boolean forced(Path folder, int tries) throws IOException {
        try (FileChannel directory = FileChannel.open(folder, StandardOpenOption.READ)) {
            directory.force(true);
            return true;
        } catch (ClosedByInterruptException interrupt) {
            if (tries == MAX_INTERRUPTS) {
                throw interrupt;
            }
            return false;
        }
    }
}
