package dev.steadymail.guard;

import dev.steadymail.time.Scheduler;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The one timer of an owner, set to the earliest moment at which it has anything to do and left alone otherwise: most calls end
 * long before, so that a timer set by the first serves all that follow. Guarded by its owner's lock; the task runs without it.
 */
final class Alarm {
    private final Scheduler scheduler;
    private final Runnable task;
    private long setFor = GuardClock.NEVER;
    private Scheduler.@Nullable Timer timer;

    Alarm(Scheduler scheduler, Runnable task) {
        this.scheduler = scheduler;
        this.task = task;
    }

    /** Makes sure that the task runs at {@code at} or earlier. */
    void by(long at, long now) {
        if (at >= setFor) {
            return;
        }
        cancel();
        setFor = at;
        // A scheduler may run what is due at once on this thread, which holds the owner's lock.
        timer = scheduler.schedule(task, Duration.ofNanos(Math.max(1, at - now)));
    }

    /** Returns when the task runs, never where it does not. */
    long setFor() {
        return setFor;
    }

    /** Says that the task runs now. */
    void rang() {
        timer = null;
        setFor = GuardClock.NEVER;
    }

    void cancel() {
        if (timer != null) {
            timer.cancel();
            rang();
        }
    }
}
