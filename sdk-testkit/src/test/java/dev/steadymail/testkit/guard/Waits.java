package dev.steadymail.testkit.guard;

import java.time.Duration;
import java.util.Arrays;

/** How long calls waited for their first attempt, in the order in which they got it. */
final class Waits {
    private long[] nanos = new long[16];
    private int count;

    void add(long waitedNanos) {
        if (count == nanos.length) {
            nanos = Arrays.copyOf(nanos, 2 * count);
        }
        nanos[count++] = waitedNanos;
    }

    void addAll(Waits others) {
        for (int i = 0; i < others.count; i++) {
            add(others.nanos[i]);
        }
    }

    int count() {
        return count;
    }

    /** Returns the wait that so much of all waits, 0 to 1, do not exceed. */
    Duration quantile(double share) {
        if (count == 0) {
            throw new IllegalStateException("nothing waited");
        }
        long[] sorted = sorted();
        return Duration.ofNanos(sorted[(int) Math.min(count - 1L, (long) (share * count))]);
    }

    /** Returns every wait, shortest first: the finest of all histograms. */
    long[] sorted() {
        long[] sorted = Arrays.copyOf(nanos, count);
        Arrays.sort(sorted);
        return sorted;
    }

    @Override
    public String toString() {
        return count == 0
                ? "none"
                : count + " waits, p50 " + quantile(0.5) + ", p99 " + quantile(0.99) + ", longest " + quantile(1);
    }
}
