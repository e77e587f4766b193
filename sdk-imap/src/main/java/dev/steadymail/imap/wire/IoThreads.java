package dev.steadymail.imap.wire;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The threads that serve all connections of a process: a few that wait for octets, and as many for the costly steps of TLS handshakes.
 * Started when first needed, daemons. Thread-safe.
 */
public final class IoThreads implements AutoCloseable {
    private static final int MOST = 4;
    private static final int MOST_CAPABILITY_SETS = 200;
    private static final int MOST_HANDSHAKES_WAITING = 20_000;
    private static final long KEEP_ALIVE_SECONDS = 10;

    private final int count;
    private final List<EventLoop> loops = new ArrayList<>();
    private final ThreadPoolExecutor handshakes;
    /** The last used of them stay. */
    private final Map<Set<String>, Set<String>> capabilitySets = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Set<String>, Set<String>> eldest) {
            return size() > MOST_CAPABILITY_SETS;
        }
    };

    private int started;
    private int next;
    private boolean closed;

    /** Makes as many as suit this machine: one for every two processors, at most 4. */
    public static IoThreads forThisMachine() {
        return new IoThreads(Math.max(1, Math.min(MOST, Runtime.getRuntime().availableProcessors() / 2)));
    }

    IoThreads(int count) {
        this.count = count;
        AtomicInteger number = new AtomicInteger();
        this.handshakes = new ThreadPoolExecutor(
                count,
                count,
                KEEP_ALIVE_SECONDS,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(MOST_HANDSHAKES_WAITING),
                task -> daemon(task, "steadymail-tls-" + number.incrementAndGet()));
        handshakes.allowCoreThreadTimeOut(true);
    }

    /** Returns the thread for another connection, each in turn; one that failed is replaced. */
    synchronized EventLoop next() throws IOException {
        if (closed) {
            throw new IOException("the I/O threads have ended");
        }
        loops.removeIf(EventLoop::isClosed);
        if (loops.size() < count) {
            loops.add(EventLoop.start("steadymail-io-" + ++started));
        }
        next = (next + 1) % loops.size();
        return loops.get(next);
    }

    /** Returns an equal set that other connections have, too: servers of one kind can do the same. */
    synchronized Set<String> shared(Set<String> capabilities) {
        Set<String> known = capabilitySets.putIfAbsent(capabilities, capabilities);
        return known == null ? capabilities : known;
    }

    Executor handshakes() {
        return handshakes;
    }

    static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    /** Ends the threads and breaks what is still connected. Harmless when repeated. */
    @Override
    public void close() {
        List<EventLoop> ending;
        synchronized (this) {
            closed = true;
            ending = List.copyOf(loops);
        }
        ending.forEach(EventLoop::close);
        handshakes.shutdownNow();
    }
}
