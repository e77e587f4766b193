package dev.steadymail.testkit.simulation;

import dev.steadymail.time.Scheduler;
import org.jspecify.annotations.Nullable;

/** One thing that will happen. Belongs to its queue's thread. */
final class Event implements Scheduler.Timer {
    private final EventQueue queue;
    private @Nullable Runnable task;

    Event(EventQueue queue, Runnable task) {
        this.queue = queue;
        this.task = task;
    }

    boolean isCancelled() {
        return task == null;
    }

    void happen() {
        Runnable due = task;
        // Gone before it runs: a task that cancels its own event is harmless.
        task = null;
        if (due != null) {
            due.run();
        }
    }

    @Override
    public void cancel() {
        if (task != null) {
            queue.checkThread();
            task = null;
            queue.cancelled();
        }
    }
}
