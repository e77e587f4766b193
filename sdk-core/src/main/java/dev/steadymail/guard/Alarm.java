package dev.steadymail.guard;

import dev.steadymail.time.Scheduler;
import java.time.Duration;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The one timer of an owner, set to the earliest moment at which it has anything to do and left alone otherwise: most calls end
 * long before, so that a timer set by the first serves all that follow. Guarded by its owner's lock; the task runs without it.
 */
final class Alarm {
    private final Scheduler scheduler;
    private final IntConsumer task;
    private int generation;
    private long setFor = GuardClock.NEVER;
    private Scheduler.@Nullable Timer timer;

    /**
     * An alarm that is not set.
     *
     * @param task is given a number to pass to {@link #rang}
     */
    Alarm(Scheduler scheduler, IntConsumer task) {
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
        int set = ++generation;
        timer = scheduler.schedule(() -> task.accept(set), Duration.ofNanos(Math.max(1, at - now)));
    }

    /** Returns when the task runs, never where it does not. */
    long setFor() {
        return setFor;
    }

    /** Says that the task runs now; answers false where the alarm was set anew meanwhile, so that nothing is to be done. */
    boolean rang(int set) {
        if (set != generation) {
            return false;
        }
        timer = null;
        setFor = GuardClock.NEVER;
        return true;
    }

    void cancel() {
        if (timer != null) {
            timer.cancel();
        }
        generation++;
        timer = null;
        setFor = GuardClock.NEVER;
    }
}
