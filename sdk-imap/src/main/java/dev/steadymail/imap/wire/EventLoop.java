package dev.steadymail.imap.wire;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One thread that waits for many connections, runs what others hand to it, and keeps time. {@link #execute} and {@link #close} may be
 * called from any thread, all else on this one.
 *
 * <p>What is handed to it after its end is run all the same, by a thread made for that, one task at a time: every connection is over
 * by then, and who waits for one must learn it.
 */
final class EventLoop implements Executor {
    /** Octets read at once from one connection before the others have their turn. */
    static final int TURN = 256 << 10;

    /** How long more is waited for where much comes: woken for each packet, both sides would do little else. */
    private static final long GATHERING_NANOS = 50_000;

    private static final Logger LOG = LoggerFactory.getLogger(EventLoop.class);
    /** Longer than the longest TLS record (RFC 8446 section 5.2), with what may be left of the one before. */
    private static final int NETWORK = TURN + (18 << 10);

    private final Selector selector;
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean woken = new AtomicBoolean();
    private final PriorityQueue<Timer> timers = new PriorityQueue<>();
    private final Thread thread;
    private volatile boolean closed;
    private volatile boolean ended;
    /** How many tasks came since the end that nobody is known to have run; whoever raises it from 0 runs them. */
    private final AtomicInteger late = new AtomicInteger();

    private boolean gathers;

    /** Lent to one connection while it is served, so that an idle one holds none. */
    final ByteBuffer network = ByteBuffer.allocate(NETWORK);

    final ByteBuffer records = ByteBuffer.allocate(17 << 10);

    final ByteBuffer plain = ByteBuffer.allocate(2 * (17 << 10));

    final ByteBuffer inflated = ByteBuffer.allocate(16 << 10);

    private EventLoop(Selector selector, String name) {
        this.selector = selector;
        this.thread = IoThreads.daemon(this::run, name);
    }

    static EventLoop start(String name) throws IOException {
        EventLoop loop = new EventLoop(Selector.open(), name);
        loop.thread.start();
        return loop;
    }

    /** What waits for a channel. Runs on this thread and must not block. */
    interface Ready {
        void ready(SelectionKey key);

        /** Told once where serving failed in a way that no code foresaw. */
        void failed(Throwable failure);
    }

    /** A task at a time. */
    static final class Timer implements Comparable<Timer> {
        private final long at;
        private @Nullable Runnable task;

        private Timer(long at, Runnable task) {
            this.at = at;
            this.task = task;
        }

        /** The timer itself stays until its time; what it would have run need not. */
        void cancel() {
            task = null;
        }

        private boolean isCancelled() {
            return task == null;
        }

        private void ring() {
            Runnable due = task;
            if (due != null) {
                due.run();
            }
        }

        @Override
        public int compareTo(Timer other) {
            return Long.signum(at - other.at);
        }
    }

    Selector selector() {
        return selector;
    }

    boolean isOnThread() {
        return Thread.currentThread() == thread;
    }

    @Override
    public void execute(Runnable task) {
        tasks.add(task);
        if (ended) {
            if (late.getAndIncrement() == 0) {
                IoThreads.daemon(this::runLate, thread.getName() + "-after").start();
            }
        } else if (!isOnThread() && woken.compareAndSet(false, true)) {
            selector.wakeup();
        }
    }

    Timer schedule(long delayNanos, Runnable task) {
        Timer timer = new Timer(System.nanoTime() + delayNanos, task);
        timers.add(timer);
        return timer;
    }

    /** Answers whether the thread ends or has ended: what is begun here now comes to nothing. */
    boolean isClosed() {
        return closed;
    }

    void close() {
        closed = true;
        selector.wakeup();
    }

    private void run() {
        try {
            while (!closed) {
                turn();
            }
        } catch (IOException | RuntimeException | Error failure) {
            LOG.error("an I/O thread has ended; its connections are lost", failure);
        } finally {
            end();
        }
    }

    /** Has more gather before the next turn; for who has read all that there was of much. */
    void gather() {
        gathers = true;
    }

    private void turn() throws IOException {
        if (gathers) {
            gathers = false;
            LockSupport.parkNanos(GATHERING_NANOS);
        }
        woken.set(false);
        if (tasks.isEmpty()) {
            select();
        } else {
            selector.selectNow(this::serve);
        }
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            run(task);
        }
        for (Timer timer = due(); timer != null; timer = due()) {
            run(timer::ring);
        }
    }

    private void select() throws IOException {
        while (!timers.isEmpty() && timers.peek().isCancelled()) {
            timers.poll();
        }
        Timer first = timers.peek();
        if (first == null) {
            selector.select(this::serve);
            return;
        }
        long nanos = first.at - System.nanoTime();
        if (nanos <= 0) {
            selector.selectNow(this::serve);
        } else {
            selector.select(this::serve, TimeUnit.NANOSECONDS.toMillis(nanos) + 1);
        }
    }

    private @Nullable Timer due() {
        Timer first = timers.peek();
        while (first != null && (first.isCancelled() || first.at - System.nanoTime() <= 0)) {
            timers.poll();
            if (!first.isCancelled()) {
                return first;
            }
            first = timers.peek();
        }
        return null;
    }

    /** One connection must not end the others, whatever it did to its own code. */
    private void serve(SelectionKey key) {
        if (!(key.attachment() instanceof Ready attached)) {
            return;
        }
        try {
            attached.ready(key);
        } catch (RuntimeException | Error failure) {
            run(() -> attached.failed(failure));
        }
    }

    private static void run(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error failure) {
            LOG.error("a task of an I/O thread failed", failure);
        }
    }

    private void end() {
        closed = true;
        late.set(1);
        ended = true;
        for (SelectionKey key : selector.keys()) {
            if (key.attachment() instanceof Ready attached) {
                run(() -> attached.failed(new IOException("the I/O threads have ended")));
            }
        }
        try {
            selector.close();
        } catch (IOException alreadyGone) {
            LOG.debug("a selector could not be closed", alreadyGone);
        }
        runLate();
    }

    /** Nobody else runs tasks any more, and whoever handed one over may wait for it. */
    private void runLate() {
        int seen = late.get();
        while (seen > 0) {
            for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
                run(task);
            }
            seen = late.addAndGet(-seen);
        }
    }
}
