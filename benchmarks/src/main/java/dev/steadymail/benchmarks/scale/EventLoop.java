package dev.steadymail.benchmarks.scale;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * One thread for all sockets and all state behind them, so that nothing there needs a lock. What a handshake computes runs on two
 * more threads. {@link #submit}, {@link #call} and {@link #stop} may be called from any thread, everything else from the loop's.
 */
final class EventLoop implements Runnable {
    /** What a selected key stands for; attached to the key. */
    interface Ready {
        /** The key is ready; a failure ends up in {@link #failed}. */
        void ready(SelectionKey key) throws IOException;

        /** What {@link #ready} threw; closes the channel. */
        void failed(Exception cause);
    }

    private static final int RECORD = 17 * 1024;
    private static final int HANDSHAKE_THREADS = 2;

    private final Selector selector;
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final ExecutorService handshakes = Executors.newFixedThreadPool(HANDSHAKE_THREADS, EventLoop::daemon);
    private final ByteBuffer incoming = ByteBuffer.allocateDirect(2 * RECORD);
    private final ByteBuffer outgoing = ByteBuffer.allocateDirect(RECORD);
    private final ByteBuffer text = ByteBuffer.allocate(RECORD);
    private volatile boolean stopped;

    EventLoop() throws IOException {
        selector = Selector.open();
    }

    Selector selector() {
        return selector;
    }

    /** For records from the network: room for two. Shared by all connections, as the others are: empty between two keys. */
    ByteBuffer incoming() {
        return incoming.clear();
    }

    /** For one record to the network. */
    ByteBuffer outgoing() {
        return outgoing.clear();
    }

    /** For what one record holds. */
    ByteBuffer text() {
        return text.clear();
    }

    /** Runs the task in the loop, soon. */
    void submit(Runnable task) {
        tasks.add(task);
        selector.wakeup();
    }

    /** Runs the task in the loop and waits for its result. */
    <T> T call(Callable<T> task) {
        CompletableFuture<T> result = new CompletableFuture<>();
        submit(() -> {
            try {
                result.complete(task.call());
            } catch (Exception failure) {
                result.completeExceptionally(failure);
            }
        });
        return result.join();
    }

    /** Runs the task beside the loop, then the continuation in the loop. */
    void besides(Runnable task, Runnable continuation) {
        handshakes.execute(() -> {
            task.run();
            submit(continuation);
        });
    }

    /** Lets {@link #run} return. */
    void stop() {
        stopped = true;
        selector.wakeup();
    }

    /** Serves until {@link #stop}. */
    @Override
    public void run() {
        try {
            while (!stopped) {
                selector.select(EventLoop::serve);
                for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
                    task.run();
                }
            }
        } catch (IOException broken) {
            throw new IllegalStateException("the selector failed", broken);
        } finally {
            handshakes.shutdownNow();
        }
    }

    private static void serve(SelectionKey key) {
        Ready ready = (Ready) key.attachment();
        try {
            if (key.isValid()) {
                ready.ready(key);
            }
        } catch (IOException | RuntimeException failure) {
            ready.failed(failure);
        }
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "handshake");
        thread.setDaemon(true);
        return thread;
    }
}
