package dev.steadymail.guard;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.locks.LockSupport;

/**
 * A reentrant lock for what is held briefly. A thread that finds it taken steps back for longer each time
 * instead of asking again at once: the holder keeps the cache lines it needs, and is often through with its next turn as well. Two
 * threads then cost each other less than at a monitor (decision 0012). Who has waited long gives its processor
 * away, so that a holder that was interrupted by the system gets on, and a virtual thread's carrier serves others.
 *
 * <p>Not fair: for where the next turn is soon. Thread-safe.
 */
final class ShortLock {
    private static final VarHandle OWNER;
    /** Pauses of the processor before the first look, twice as many before each further one. */
    private static final int FIRST_PAUSES = 32;

    private static final int SPINS = 5;
    private static final int YIELDS = 16;
    private static final long PAUSE_NANOS = 50_000;

    static {
        try {
            OWNER = MethodHandles.lookup().findVarHandle(ShortLock.class, "owner", long.class);
        } catch (ReflectiveOperationException impossible) {
            throw new ExceptionInInitializerError(impossible);
        }
    }

    /** The id of the thread that holds the lock, 0 where none does. */
    @SuppressWarnings("UnusedVariable")
    private volatile long owner;

    /** How many times more than once the owner holds it. */
    private int again;

    void lock() {
        long me = Thread.currentThread().getId();
        if (!OWNER.compareAndSet(this, 0L, me)) {
            lockTaken(me);
        }
    }

    private void lockTaken(long me) {
        if (owner == me) {
            again++;
            return;
        }
        for (int round = 0; owner != 0 || !OWNER.compareAndSet(this, 0L, me); round++) {
            stepBack(round);
        }
    }

    @SuppressWarnings("ThreadPriorityCheck") // Nothing relies on the scheduler: who does not get on so sleeps next.
    private static void stepBack(int round) {
        if (round < SPINS) {
            for (int i = FIRST_PAUSES << round; i > 0; i--) {
                Thread.onSpinWait();
            }
        } else if (round < SPINS + YIELDS) {
            Thread.yield();
        } else {
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    void unlock() {
        if (again > 0) {
            again--;
        } else {
            OWNER.setRelease(this, 0L);
        }
    }
}
