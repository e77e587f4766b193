package dev.steadymail.observability.events;

import dev.steadymail.time.Scheduler;
import dev.steadymail.time.TimeSource;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor.DiscardPolicy;
import java.util.concurrent.TimeUnit;

/** One daemon thread that is there while something is sent, and the JDK's own timers. */
final class SendingThread {
    private static final Duration KEEP_ALIVE = Duration.ofSeconds(30);
    private static final int MOST_TASKS = 64;

    private SendingThread() {}

    /** Returns an executor with at most one thread. What it has no room for is discarded: any task that waits does the same. */
    static ExecutorService create() {
        ThreadPoolExecutor executor = new ThreadPoolExecutor(
                1,
                1,
                KEEP_ALIVE.toSeconds(),
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(MOST_TASKS),
                task -> {
                    Thread thread = new Thread(task, "steadymail-events");
                    thread.setDaemon(true);
                    return thread;
                },
                new DiscardPolicy());
        executor.allowCoreThreadTimeOut(true);
        return executor;
    }

    /** Returns the system's time, with timers that need no thread of ours. */
    static TimeSource systemTime() {
        return new TimeSource(
                InstantSource.system(),
                System::nanoTime,
                SendingThread::schedule,
                () -> ThreadLocalRandom.current().nextLong());
    }

    private static Scheduler.Timer schedule(Runnable task, Duration delay) {
        CompletableFuture<Void> timer = new CompletableFuture<>();
        var unused = timer.thenRun(task);
        var same = timer.completeOnTimeout(null, delay.toNanos(), TimeUnit.NANOSECONDS);
        return () -> same.cancel(false);
    }
}
