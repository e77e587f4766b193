package dev.steadymail.guard;

import org.jspecify.annotations.Nullable;

/** Tells one attempt that nobody waits for it any more. Thread-safe. */
public final class Cancellation {
    private final Object lock = new Object();
    private boolean cancelled;
    private @Nullable Runnable action;

    /** Starts uncancelled. */
    public Cancellation() {}

    /**
     * Registers what unblocks the attempt, for example closing its socket; run at once where the attempt was cancelled already.
     * A later registration replaces an earlier one. The action must not block.
     */
    public void onCancel(Runnable action) {
        synchronized (lock) {
            this.action = action;
            if (!cancelled) {
                return;
            }
        }
        action.run();
    }

    /**
     * Forgets the action, once the resource it would break is no longer this attempt's. A cancellation under way may still run
     * it: whoever gives the resource to others asks {@link #isCancelled} afterwards, and drops it where that is true.
     */
    public void clear() {
        synchronized (lock) {
            action = null;
        }
    }

    public boolean isCancelled() {
        synchronized (lock) {
            return cancelled;
        }
    }

    void cancel() {
        Runnable toRun;
        synchronized (lock) {
            if (cancelled) {
                return;
            }
            cancelled = true;
            toRun = action;
        }
        if (toRun != null) {
            toRun.run();
        }
    }
}
