package dev.steadymail.guard;

import org.jspecify.annotations.Nullable;

/**
 * A sum over the last window, kept in buckets. A bucket counts until what was added to it last is older than the window, to a
 * sixteenth of its width, so the sum is never too low, and only what came earlier into a bucket stays longer than it must. Guarded by
 * its owner's lock.
 */
final class SlidingBuckets {
    /** The last bits of an entry: the part of the bucket in which something was added last. */
    private static final int PART_BITS = 4;

    private static final int PARTS = 1 << PART_BITS;
    private static final int MOST_IN_SMALL = Character.MAX_VALUE >> PART_BITS;

    private final long window;
    private final long width;
    private final long part;
    /** A ring of the buckets that count: one more than fit into the window, since the newest has only begun. */
    private final int length;

    /** Most buckets are small, and an idle account keeps them: they are widened when one first is not. */
    private char @Nullable [] small;

    private long @Nullable [] large;

    private long newest;
    /** When the newest bucket ends, and where it is: found by divisions, which cost more than the rest of what a call does here. */
    private long newestEnd;

    private int newestSlot;
    /** The first bucket that may still count, and when it stops; never where nothing counts. */
    private long oldest;

    private long oldestLeaves = GuardClock.NEVER;
    private long total;

    SlidingBuckets(long windowNanos, int buckets) {
        this.window = windowNanos;
        this.width = (windowNanos + buckets - 1) / buckets;
        this.part = (width + PARTS - 1) / PARTS;
        this.length = buckets + 1;
        this.newestEnd = width;
        this.small = new char[length];
    }

    long total(long now) {
        roll(now);
        return total;
    }

    void add(int amount, long now) {
        if (amount == 0) {
            return;
        }
        roll(now);
        long before = entryAt(newestSlot);
        long offset = Math.max(0, now - newest * width) / part;
        set(newestSlot, (before >> PART_BITS) + amount, Math.max(before & (PARTS - 1), offset));
        if (total == 0) {
            oldest = newest;
        }
        total += amount;
        if (oldest == newest) {
            oldestLeaves = leaves(newest);
        }
    }

    /** Returns when at least {@code amount} of the sum will have left the window; never where there is not that much. */
    long leftAt(long amount) {
        long left = 0;
        for (long bucket = first(); bucket <= newest; bucket++) {
            left += count(bucket);
            if (left >= amount) {
                return leaves(bucket);
            }
        }
        return GuardClock.NEVER;
    }

    /** Returns how much of the sum leaves the window until a point in time. */
    long leavingUntil(long at) {
        long leaving = 0;
        for (long bucket = first(); bucket <= newest && leaves(bucket) <= at; bucket++) {
            leaving += count(bucket);
        }
        return leaving;
    }

    /** Returns when nothing that counts now will count any more; {@code now} where nothing does. */
    long emptyAt(long now) {
        roll(now);
        return total == 0 ? now : leftAt(total);
    }

    private long first() {
        return total == 0 ? newest : oldest;
    }

    private long leaves(long bucket) {
        long parts = (entryAt(slot(bucket)) & (PARTS - 1)) + 1;
        return bucket * width + Math.min(width, parts * part) + window;
    }

    private void roll(long now) {
        while (now >= oldestLeaves) {
            dropOldest();
        }
        if (now >= newestEnd) {
            newest = now / width;
            newestEnd = (newest + 1) * width;
            newestSlot = slot(newest);
        }
    }

    /** What is left in a slot of the ring has always been dropped before the slot is used again. */
    private void dropOldest() {
        total -= count(oldest);
        set(slot(oldest), 0, 0);
        if (total == 0) {
            oldestLeaves = GuardClock.NEVER;
            return;
        }
        while (count(oldest) == 0) {
            oldest++;
        }
        oldestLeaves = leaves(oldest);
    }

    private int slot(long bucket) {
        return (int) (bucket % length);
    }

    private long count(long bucket) {
        return entryAt(slot(bucket)) >> PART_BITS;
    }

    private long entryAt(int slot) {
        long[] wide = large;
        char[] narrow = small;
        if (wide != null) {
            return wide[slot];
        }
        return narrow == null ? 0 : narrow[slot];
    }

    private void set(int slot, long count, long offset) {
        char[] narrow = small;
        long entry = count << PART_BITS | offset;
        if (narrow != null && count <= MOST_IN_SMALL) {
            narrow[slot] = (char) entry;
            return;
        }
        widened()[slot] = entry;
    }

    private long[] widened() {
        long[] wide = large;
        char[] narrow = small;
        if (wide == null) {
            wide = new long[length];
            for (int i = 0; i < length; i++) {
                wide[i] = narrow == null ? 0 : narrow[i];
            }
            large = wide;
            small = null;
        }
        return wide;
    }
}
