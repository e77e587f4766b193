package dev.steadymail.guard;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Units charged to one quota in a sliding window. Not thread-safe.
 *
 * <p>Charges within a hundredth of the window are kept as one and forgotten together, a window after the last of them. So no unit
 * is forgotten early, none more than a hundredth of the window late, and at most 102 charges are kept.
 */
final class SharedQuota implements IdleTable.Kept {
    private static final int SLICES = 100;

    private final long windowNanos;
    private final Deque<Charge> charges = new ArrayDeque<>(1);
    private long used;

    SharedQuota(long windowNanos) {
        this.windowNanos = windowNanos;
    }

    /** Returns in how many nanoseconds at most {@code mostUsed} units, at least 0, are used where none are added; 0 where it is so. */
    long delayUntil(long mostUsed, long now) {
        forget(now);
        long left = used;
        long delay = 0;
        for (Charge charge : charges) {
            if (left <= mostUsed) {
                break;
            }
            left -= charge.units;
            delay = charge.last + windowNanos - now;
        }
        return delay;
    }

    void charge(long units, long now) {
        Charge newest = charges.peekLast();
        if (newest == null || now - newest.first >= windowNanos / SLICES) {
            newest = new Charge(now);
            charges.addLast(newest);
        }
        newest.units += units;
        newest.last = now;
        used += units;
    }

    @Override
    public boolean isIdle(long now) {
        forget(now);
        return charges.isEmpty();
    }

    @Override
    public long nextLook(long now) {
        return charges.isEmpty() ? now : charges.getLast().last + windowNanos;
    }

    int kept() {
        return charges.size();
    }

    private void forget(long now) {
        for (Charge oldest = charges.peekFirst();
                oldest != null && now - oldest.last >= windowNanos;
                oldest = charges.peekFirst()) {
            used -= oldest.units;
            charges.removeFirst();
        }
    }

    /** What was charged from {@code first} to {@code last}. */
    private static final class Charge {
        private final long first;
        private long last;
        private long units;

        Charge(long now) {
            this.first = now;
            this.last = now;
        }
    }
}
