package dev.steadymail.cli;

import dev.steadymail.time.Scheduler;
import dev.steadymail.time.TimeSource;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/** The system's clock, and timers on one daemon thread that lives as long as the process. */
final class SystemTime {
    /** Beyond 292 years nanoseconds do not fit a long, and servers say what they like. */
    private static final Duration LONGEST = Duration.ofDays(36_500);

    private SystemTime() {}

    static TimeSource start() {
        ScheduledThreadPoolExecutor timers = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "steadymail-cli-timer");
            thread.setDaemon(true);
            return thread;
        });
        timers.setRemoveOnCancelPolicy(true);
        return new TimeSource(
                InstantSource.system(),
                System::nanoTime,
                (task, delay) -> schedule(timers, task, delay),
                RandomGenerator.getDefault());
    }

    private static Scheduler.Timer schedule(ScheduledThreadPoolExecutor timers, Runnable task, Duration delay) {
        Duration wait = delay.compareTo(LONGEST) > 0 ? LONGEST : delay;
        Future<?> timer = timers.schedule(task, wait.toNanos(), TimeUnit.NANOSECONDS);
        return () -> timer.cancel(false);
    }
}
