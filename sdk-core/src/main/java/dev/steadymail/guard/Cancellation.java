package dev.steadymail.guard;

import dev.steadymail.mail.Lane;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * One attempt in flight, as the attempt itself sees it: whether anybody still waits for it, and what it costs. Thread-safe.
 *
 * <p>There is one for each attempt, and nothing else that a successful call allocates, so facts are packed: see {@code facts}.
 */
public class Cancellation {
    private static final int CANCELLED = 1;
    private static final int ON_CALLERS_THREAD = 1 << 1;
    private static final int CORRECTED = 1 << 2;
    private static final int ENDS_WITH_DEADLINE = 1 << 3;
    private static final int LANE_SHIFT = 4;
    private static final int LANE_MASK = 3;
    private static final int REASON_SHIFT = 6;
    private static final int REASON_MASK = 7;
    private static final int BEGUN = 1 << 9;
    /** Units fit: see the bound in {@link Request}. */
    private static final int UNITS_SHIFT = 12;

    private static final VarHandle FACTS;

    static {
        try {
            FACTS = MethodHandles.lookup().findVarHandle(Cancellation.class, "facts", int.class);
        } catch (ReflectiveOperationException impossible) {
            throw new ExceptionInInitializerError(impossible);
        }
    }

    private final long startedAt;
    private final long limitAt;
    private final int units;
    /** Changed under this object's lock only; read without, since a successful call is to take no lock that it does not need. */
    private volatile int facts;

    private @Nullable Runnable action;

    Cancellation(Request request, Lane lane, long deadlineAt, long now) {
        this(request, lane, deadlineAt, now, 0);
    }

    private Cancellation(Request request, Lane lane, long deadlineAt, long now, int more) {
        long ownLimit = now + request.timeout().toNanos();
        this.startedAt = now;
        this.limitAt = Math.min(deadlineAt, ownLimit);
        this.units = request.units();
        int known = more | (deadlineAt <= ownLimit ? ENDS_WITH_DEADLINE : 0) | (lane.ordinal() << LANE_SHIFT);
        // Nobody else can see this object yet, and whoever hands it on does so under a lock: no fence is needed.
        FACTS.set(this, known);
    }

    /** Returns an attempt that the thread runs which waits for its answer, so that an interruption of it breaks the attempt. */
    static Cancellation onCallersThread(Request request, Lane lane, long deadlineAt, long now) {
        return new Cancellation(request, lane, deadlineAt, now, ON_CALLERS_THREAD);
    }

    /** Like {@link #onCallersThread}, for an attempt that is made at once. */
    static Cancellation begunOnCallersThread(Request request, Lane lane, long deadlineAt, long now) {
        return new Cancellation(request, lane, deadlineAt, now, ON_CALLERS_THREAD | BEGUN);
    }

    /**
     * Registers what breaks the attempt, for example closing its socket; run at once where the attempt was cancelled already.
     * Called on the thread that runs the attempt: an interruption of that thread cancels the attempt from now on. A later
     * registration replaces an earlier one. The action must not block.
     *
     * <p>A thread has one hook for interruptions: who uses an interruptible channel, a file's for example, registers again after
     * that, or an interruption is noticed only at the attempt's time limit.
     */
    public final void onCancel(Runnable action) {
        clear();
        Runnable breaking = (facts & ON_CALLERS_THREAD) != 0 ? new InterruptibleAction(this, action) : action;
        synchronized (this) {
            this.action = breaking;
            if ((facts & CANCELLED) == 0) {
                breaking = null;
            }
        }
        if (breaking != null) {
            breaking.run();
        } else if (this.action instanceof InterruptibleAction interruptible) {
            interruptible.start();
        }
    }

    /**
     * Forgets the action, once the resource it would break is no longer this attempt's. A cancellation under way may still run
     * it: whoever gives the resource to others asks {@link #isCancelled} afterwards, and drops it where that is true.
     */
    public final void clear() {
        Runnable forgotten;
        synchronized (this) {
            forgotten = action;
            action = null;
        }
        if (forgotten instanceof InterruptibleAction interruptible) {
            interruptible.finish();
        }
    }

    public final boolean isCancelled() {
        return (facts & CANCELLED) != 0;
    }

    /**
     * Corrects what the attempt costs once it is known better, 0 to 1,000,000 units: 0 for a request that never left, more for
     * an answer that was charged otherwise than expected.
     */
    public final synchronized void correctUnits(int actual) {
        if (actual < 0 || actual > Request.MOST_UNITS) {
            throw new IllegalArgumentException(
                    "actual units must be between 0 and " + Request.MOST_UNITS + ", was " + actual);
        }
        facts = (facts & ((1 << UNITS_SHIFT) - 1)) | CORRECTED | (actual << UNITS_SHIFT);
    }

    /** Breaks the attempt unless it was broken before. */
    final void cancel(CancelReason reason) {
        Runnable toRun = mark(reason);
        if (toRun != null) {
            toRun.run();
        }
    }

    /** Marks the attempt as broken and returns what is to be run to break it, or null where there is nothing to do. */
    final synchronized @Nullable Runnable mark(CancelReason reason) {
        if ((facts & CANCELLED) != 0) {
            return null;
        }
        facts |= CANCELLED | (reason.ordinal() << REASON_SHIFT);
        return action;
    }

    /** Ends what an attempt that has ended forgot to clear. Called on the attempt's thread. */
    final void ended() {
        if (action != null) {
            clear();
        }
    }

    /** Returns why the attempt was broken, or null where it was not. */
    final @Nullable CancelReason reason() {
        int known = facts;
        return (known & CANCELLED) == 0 ? null : CancelReason.of((known >> REASON_SHIFT) & REASON_MASK);
    }

    /** Says that the attempt is made from now on. */
    final synchronized void begin() {
        facts |= BEGUN;
    }

    /** Returns whether anything can have been sent. */
    final boolean hasBegun() {
        return (facts & BEGUN) != 0;
    }

    /** Called after the attempt was broken from outside and its place freed. */
    void broken() {}

    final boolean endsWithDeadline() {
        return (facts & ENDS_WITH_DEADLINE) != 0;
    }

    final long startedAt() {
        return startedAt;
    }

    final long limitAt() {
        return limitAt;
    }

    final int units() {
        return units;
    }

    final int actualUnits() {
        int known = facts;
        return (known & CORRECTED) == 0 ? units : known >>> UNITS_SHIFT;
    }

    final int lane() {
        return (facts >> LANE_SHIFT) & LANE_MASK;
    }
}
