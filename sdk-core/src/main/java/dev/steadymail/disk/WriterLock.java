package dev.steadymail.disk;

import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.time.Deadline;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * One writer at a time, in this process and among others. The operating system lets go of a file's lock when its process ends,
 * however it ends. Any thread may give it up. Waiting is not cut short by interrupts, only by the deadline, since what waits to be
 * written may be the only copy.
 */
public final class WriterLock implements AutoCloseable {
    private static final Duration PAUSE = Duration.ofMillis(5);

    /**
     * Threads of this process keep each other out before they touch the file: with POSIX, closing any descriptor of a file gives up
     * all locks that the process has on it. One entry for each store that this process ever wrote to.
     */
    private static final ConcurrentMap<Path, Semaphore> IN_PROCESS = new ConcurrentHashMap<>();

    private final Semaphore inProcess;
    private final RandomAccessFile file;
    private final AtomicBoolean closed = new AtomicBoolean();

    private WriterLock(Semaphore inProcess, RandomAccessFile file) {
        this.inProcess = inProcess;
        this.file = file;
    }

    /**
     * Takes the lock on an existing file.
     *
     * @param what what it keeps, as errors call it, for example {@code the token folder}
     * @throws MailException of kind STORAGE where another has it until the deadline
     */
    public static WriterLock take(Path path, String what, Deadline deadline) throws IOException {
        Semaphore inProcess = IN_PROCESS.computeIfAbsent(path.toRealPath(), unused -> new Semaphore(1));
        boolean interrupted = Thread.interrupted();
        try {
            interrupted |= waitFor(inProcess, what, deadline);
            return new WriterLock(inProcess, locked(path, inProcess, what, deadline));
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Returns whether an interrupt came meanwhile. */
    private static boolean waitFor(Semaphore inProcess, String what, Deadline deadline) {
        boolean interrupted = false;
        while (true) {
            try {
                if (!inProcess.tryAcquire(deadline.remaining().toNanos(), TimeUnit.NANOSECONDS)) {
                    throw busy(what);
                }
                return interrupted;
            } catch (InterruptedException interrupt) {
                interrupted = true;
            }
        }
    }

    private static RandomAccessFile locked(Path path, Semaphore inProcess, String what, Deadline deadline)
            throws IOException {
        RandomAccessFile file = null;
        boolean taken = false;
        try {
            file = new RandomAccessFile(path.toFile(), "rw");
            while (tryLock(file) == null) {
                if (!deadline.allows(PAUSE)) {
                    throw busy(what);
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
                inProcess.release();
            }
        }
    }

    /** A second copy of this class in the process knows nothing of the first. */
    private static @Nullable FileLock tryLock(RandomAccessFile file) throws IOException {
        try {
            return file.getChannel().tryLock();
        } catch (OverlappingFileLockException another) {
            return null;
        }
    }

    private static MailException busy(String what) {
        return MailException.of(
                Kind.STORAGE, "another process keeps " + what + " locked; end it, or try again when it is done");
    }

    /** Gives the lock up. Harmless when repeated. */
    @Override
    public void close() throws IOException {
        if (closed.getAndSet(true)) {
            return;
        }
        try {
            file.close();
        } finally {
            inProcess.release();
        }
    }
}
