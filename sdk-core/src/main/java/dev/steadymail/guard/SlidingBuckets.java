package dev.steadymail.guard;

/**
 * A sum over the last window, kept in buckets. A bucket counts until all of it is older than the window, so the sum is never too
 * low and at most one bucket's width late. Guarded by its owner's lock.
 */
final class SlidingBuckets {
    private final long width;
    /** A ring of the buckets that count: one more than fit into the window, since the newest has only begun. */
    private final int[] counts;

    private long newest;
    private long total;

    SlidingBuckets(long windowNanos, int buckets) {
        this.width = (windowNanos + buckets - 1) / buckets;
        this.counts = new int[buckets + 1];
    }

    long total(long now) {
        roll(now);
        return total;
    }

    void add(int amount, long now) {
        roll(now);
        counts[slot(newest)] += amount;
        total += amount;
    }

    /** Returns when at least {@code amount} of the sum will have left the window; never where there is not that much. */
    long leftAt(long amount) {
        long left = 0;
        for (long bucket = oldest(); bucket <= newest; bucket++) {
            left += counts[slot(bucket)];
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
            leaving += counts[slot(bucket)];
        }
        return leaving;
    }

    /** Returns when nothing that counts now will count any more; {@code now} where nothing does. */
    long emptyAt(long now) {
        roll(now);
        return total == 0 ? now : leftAt(total);
    }

    private long oldest() {
        return Math.max(0, newest - counts.length + 1);
    }

    private long end(long bucket) {
        return (bucket + counts.length) * width;
    }

    private void roll(long now) {
        long current = now / width;
        long steps = Math.min(current - newest, counts.length);
        for (long step = 1; step <= steps; step++) {
            int slot = slot(newest + step);
            total -= counts[slot];
            counts[slot] = 0;
        }
        newest = Math.max(newest, current);
    }

    private int slot(long bucket) {
        return (int) (bucket % counts.length);
    }
}
