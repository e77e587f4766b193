package dev.steadymail.testkit.guard;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A call that holds its thread, which others may interrupt as long as it does. Thread-safe. */
final class BlockedCaller implements Runnable {
    final CompletableFuture<String> ended = new CompletableFuture<>();
    private final Callable<String> call;
    private @Nullable Thread thread;

    BlockedCaller(Callable<String> call) {
        this.call = call;
    }

    @Override
    public void run() {
        setThread(Thread.currentThread());
        try {
            ended.complete(call.call());
        } catch (Throwable failure) {
            ended.completeExceptionally(failure);
        } finally {
            setThread(null);
            // The thread is the pool's.
            var unused = Thread.interrupted();
        }
    }

    private synchronized void setThread(@Nullable Thread thread) {
        this.thread = thread;
    }

    synchronized void interrupt() {
        if (thread != null) {
            thread.interrupt();
        }
    }
}
