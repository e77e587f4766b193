package dev.steadymail.time;

import java.time.Duration;

/** Runs a task once after a delay. Tasks are short and never block; implementations are thread-safe. */
@FunctionalInterface
public interface Scheduler {
    /** Runs {@code task} after {@code delay}, at once where it is zero or negative, unless the timer is cancelled first. */
    Timer schedule(Runnable task, Duration delay);

    /** A task that has not run yet. */
    @FunctionalInterface
    interface Timer {
        /** Prevents the task from running where it has not started; harmless otherwise. */
        void cancel();
    }
}
