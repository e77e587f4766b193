package dev.steadymail.observability.export;

import java.util.ArrayList;
import java.util.List;

/** One try to send a batch, which may be cancelled from any thread. Thread-safe. */
public final class ExportCall {
    private final Thread thread;
    /** Guarded by this object, as all that follows is. */
    private final List<Runnable> actions = new ArrayList<>(1);

    private boolean cancelled;
    private boolean ended;

    private ExportCall(Thread thread) {
        this.thread = thread;
    }

    /** Returns a call that the current thread is about to make. */
    public static ExportCall begin() {
        return new ExportCall(Thread.currentThread());
    }

    /** Says what ends the work early; runs it at once where the call is cancelled already. It must not block. */
    public synchronized void onCancel(Runnable action) {
        if (cancelled) {
            action.run();
        } else {
            actions.add(action);
        }
    }

    public synchronized boolean isCancelled() {
        return cancelled;
    }

    /** Ends the work early: runs what was said, and interrupts the thread. Harmless when repeated, and after the end. */
    public synchronized void cancel() {
        if (!cancelled && !ended) {
            cancelled = true;
            actions.forEach(Runnable::run);
            thread.interrupt();
        }
    }

    /** Says, on the thread that began, that the work is over: from now on nothing interrupts it, and no interrupt of ours is left. */
    public synchronized void end() {
        ended = true;
        if (cancelled) {
            var unused = Thread.interrupted();
        }
    }
}
