package dev.steadymail.benchmarks;

import dev.steadymail.time.Scheduler;
import dev.steadymail.time.TimeSource;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** Time as in a running program. Thread-safe. */
final class RealTime implements AutoCloseable {
    private final ScheduledThreadPoolExecutor timers = new ScheduledThreadPoolExecutor(1, RealTime::daemon);
    private final TimeSource source = new TimeSource(
            InstantSource.system(),
            System::nanoTime,
            this::schedule,
            () -> ThreadLocalRandom.current().nextLong());

    RealTime() {
        timers.setRemoveOnCancelPolicy(true);
    }

    TimeSource source() {
        return source;
    }

    @Override
    public void close() {
        timers.shutdownNow();
    }

    private Scheduler.Timer schedule(Runnable task, Duration delay) {
        Future<?> timer = timers.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
        return () -> timer.cancel(false);
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "benchmark-timer");
        thread.setDaemon(true);
        return thread;
    }
}
