package dev.steadymail.auth;

import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.time.Deadline;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One writer at a time, in this process and among others. The operating system lets go of a file's lock when its process ends,
 * however it ends. Waiting is not cut short by interrupts, only by the deadline, since what waits to be written may be the only copy.
 */
final class WriterLock implements AutoCloseable {
    private static final Duration PAUSE = Duration.ofMillis(5);

    /**
     * Threads of this process keep each other out before they touch the file: with POSIX, closing any descriptor of a file gives up
     * all locks that the process has on it. One entry for each store that this process ever wrote to.
     */
    private static final ConcurrentMap<Path, ReentrantLock> IN_PROCESS = new ConcurrentHashMap<>();

    private final ReentrantLock inProcess;
    private final RandomAccessFile file;

    private WriterLock(ReentrantLock inProcess, RandomAccessFile file) {
        this.inProcess = inProcess;
        this.file = file;
    }

    /** Takes the lock on an existing file. */
    static WriterLock take(Path path, Deadline deadline) throws IOException {
        ReentrantLock inProcess = IN_PROCESS.computeIfAbsent(path.toRealPath(), unused -> new ReentrantLock());
        boolean interrupted = Thread.interrupted();
        try {
            interrupted |= waitFor(inProcess, deadline);
            return new WriterLock(inProcess, locked(path, inProcess, deadline));
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Returns whether an interrupt came meanwhile. */
    private static boolean waitFor(ReentrantLock inProcess, Deadline deadline) {
        boolean interrupted = false;
        while (true) {
            try {
                if (!inProcess.tryLock(deadline.remaining().toNanos(), TimeUnit.NANOSECONDS)) {
                    throw busy();
                }
                return interrupted;
            } catch (InterruptedException interrupt) {
                interrupted = true;
            }
        }
    }

    private static RandomAccessFile locked(Path path, ReentrantLock inProcess, Deadline deadline) throws IOException {
        RandomAccessFile file = null;
        boolean taken = false;
        try {
            file = new RandomAccessFile(path.toFile(), "rw");
            while (file.getChannel().tryLock() == null) {
                if (!deadline.allows(PAUSE)) {
                    throw busy();
                }
                LockSupport.parkNanos(PAUSE.toNanos());
            }
            taken = true;
            return file;
        } finally {
            if (!taken) {
                if (file != null) {
                    file.close();
                }
                inProcess.unlock();
            }
        }
    }

    private static MailException busy() {
        return MailException.of(
                Kind.STORAGE, "another process keeps the token folder locked; end it, or try again when it is done");
    }

    @Override
    public void close() throws IOException {
        try {
            file.close();
        } finally {
            inProcess.unlock();
        }
    }
}
