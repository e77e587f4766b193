package dev.steadymail.testkit.script;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** Closes sockets on which a write or a handshake takes too long, for neither has a timeout of its own. Thread-safe. */
final class WriteWatch implements AutoCloseable {

    private final Duration deadline;
    private final ScheduledThreadPoolExecutor timer;

    WriteWatch(Duration deadline, String threadName) {
        this.deadline = deadline;
        timer = new ScheduledThreadPoolExecutor(1, work -> daemon(work, threadName), discard());
        timer.setRemoveOnCancelPolicy(true);
    }

    private static Thread daemon(Runnable work, String name) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        return thread;
    }

    /** Once closed, what is still being written needs no watch: its socket is closed as well. */
    private static ThreadPoolExecutor.DiscardPolicy discard() {
        return new ThreadPoolExecutor.DiscardPolicy();
    }

    /** Something that may block on a socket. */
    interface Blocking {
        void run() throws IOException;
    }

    /**
     * Runs this.
     *
     * @throws SocketTimeoutException if it took longer than the deadline; the socket is closed then
     */
    void run(Socket socket, Blocking work) throws IOException {
        AtomicBoolean late = new AtomicBoolean();
        ScheduledFuture<?> alarm = timer.schedule(() -> end(socket, late), deadline.toNanos(), TimeUnit.NANOSECONDS);
        try {
            work.run();
        } catch (IOException failure) {
            if (late.get()) {
                throw new SocketTimeoutException("closed after " + deadline);
            }
            throw failure;
        } finally {
            alarm.cancel(false);
        }
    }

    private static void end(Socket socket, AtomicBoolean late) {
        late.set(true);
        try {
            socket.close();
        } catch (IOException closed) {
            // It is of no use any more, which was the point.
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }

    /** Waits until the thread is gone, after {@link #close()}. */
    void join() throws InterruptedException {
        boolean unused = timer.awaitTermination(deadline.toNanos(), TimeUnit.NANOSECONDS);
    }
}
