package dev.steadymail.guard;

import org.jspecify.annotations.Nullable;

/**
 * A sum over the last window, kept in buckets. A bucket counts until all of it is older than the window, so the sum is never too
 * low and at most one bucket's width late. Guarded by its owner's lock.
 */
final class SlidingBuckets {
    private final long width;
    /** A ring of the buckets that count: one more than fit into the window, since the newest has only begun. */
    private final int length;

    /** Most buckets are small, and an idle account keeps them: they are widened when one first is not. */
    private char @Nullable [] small;

    private int @Nullable [] large;

    private long newest;
    /** When the newest bucket ends, and where it is: found by divisions, which cost more than the rest of what a call does here. */
    private long newestEnd;

    private int newestSlot;
    private long total;

    SlidingBuckets(long windowNanos, int buckets) {
        this.width = (windowNanos + buckets - 1) / buckets;
        this.length = buckets + 1;
        this.newestEnd = width;
        this.small = new char[length];
    }

    long total(long now) {
        roll(now);
        return total;
    }

    void add(int amount, long now) {
        roll(now);
        set(newestSlot, countAt(newestSlot) + amount);
        total += amount;
    }

    /** Returns when at least {@code amount} of the sum will have left the window; never where there is not that much. */
    long leftAt(long amount) {
        long left = 0;
        for (long bucket = oldest(); bucket <= newest; bucket++) {
            left += count(bucket);
            if (left >= amount) {
                return end(bucket);
            }
        }
        return GuardClock.NEVER;
    }

    /** Returns how much of the sum leaves the window until a point in time. */
    long leavingUntil(long at) {
        long leaving = 0;
        for (long bucket = oldest(); bucket <= newest && end(bucket) <= at; bucket++) {
            leaving += count(bucket);
        }
        return leaving;
    }

    /** Returns when nothing that counts now will count any more; {@code now} where nothing does. */
    long emptyAt(long now) {
        roll(now);
        return total == 0 ? now : leftAt(total);
    }

    private long oldest() {
        return Math.max(0, newest - length + 1);
    }

    private long end(long bucket) {
        return (bucket + length) * width;
    }

    private void roll(long now) {
        if (now >= newestEnd) {
            rollTo(now);
        }
    }

    private void rollTo(long now) {
        long current = now / width;
        long steps = Math.min(current - newest, length);
        for (long step = 1; step <= steps; step++) {
            int slot = slot(newest + step);
            total -= count(newest + step);
            set(slot, 0);
        }
        newest = Math.max(newest, current);
        newestEnd = (newest + 1) * width;
        newestSlot = slot(newest);
    }

    private int slot(long bucket) {
        return (int) (bucket % length);
    }

    private int count(long bucket) {
        return countAt(slot(bucket));
    }

    private int countAt(int slot) {
        int[] wide = large;
        char[] narrow = small;
        if (wide != null) {
            return wide[slot];
        }
        return narrow == null ? 0 : narrow[slot];
    }

    private void set(int slot, int count) {
        char[] narrow = small;
        if (narrow != null && count <= Character.MAX_VALUE) {
            narrow[slot] = (char) count;
            return;
        }
        widened()[slot] = count;
    }

    private int[] widened() {
        int[] wide = large;
        char[] narrow = small;
        if (wide == null) {
            wide = new int[length];
            for (int i = 0; i < length; i++) {
                wide[i] = narrow == null ? 0 : narrow[i];
            }
            large = wide;
            small = null;
        }
        return wide;
    }
}
