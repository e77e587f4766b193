package dev.steadymail.guard;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * What a gate has decided under its lock and does without it: start a call, fail one, break an attempt, tell a listener. Done in
 * order and by one thread at a time, so that a call that ends at once and frees the place for the next does not nest ever deeper.
 * Guarded by the gate's lock.
 */
final class Afterwards {
    private @Nullable Deque<Runnable> pending;
    private boolean running;

    void add(Runnable action) {
        Deque<Runnable> actions = pending;
        if (actions == null) {
            actions = new ArrayDeque<>(4);
            pending = actions;
        }
        actions.add(action);
    }

    /** Returns whether there is nothing to do, and nobody who does it. */
    boolean isIdle() {
        return !running && (pending == null || pending.isEmpty());
    }

    /**
     * Returns the first thing to do where the calling thread is the one to do what is pending, which it asks {@link #next} about until
     * there is nothing left; else null.
     */
    @Nullable
    Runnable begin() {
        return running ? null : next();
    }

    /** Returns the next thing to do; with null the calling thread is done. */
    @Nullable
    Runnable next() {
        Runnable next = pending == null ? null : pending.poll();
        running = next != null;
        return next;
    }
}
