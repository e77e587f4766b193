package dev.steadymail.guard;

/** No more starts in any interval than a cap. Guarded by its owner's lock. */
abstract sealed class StartCap {
    /** Up to here every start is remembered; above, starts are counted in buckets, which cost at most 3 % of the cap. */
    private static final int MOST_EXACT = 32;

    static StartCap of(int cap, long intervalNanos) {
        return cap <= MOST_EXACT ? new Exact(cap, intervalNanos) : new Bucketed(cap, intervalNanos);
    }

    /** Returns when the next start is allowed: {@code now} or earlier where it is now. */
    abstract long startAt(long now);

    abstract void start(long now);

    private static final class Exact extends StartCap {
        private final long interval;
        private final int cap;
        /** A ring of the last starts, as long as the account has needed so far. */
        private long[] starts = new long[2];

        private int first;
        private int count;

        Exact(int cap, long interval) {
            this.cap = cap;
            this.interval = interval;
        }

        @Override
        long startAt(long now) {
            return count < cap ? now : starts[first] + interval;
        }

        @Override
        void start(long now) {
            while (count > 0 && (count == cap || starts[first] + interval <= now)) {
                first = (first + 1) % starts.length;
                count--;
            }
            if (count == starts.length) {
                grow();
            }
            starts[(first + count) % starts.length] = now;
            count++;
        }

        private void grow() {
            long[] longer = new long[Math.min(cap, 2 * starts.length)];
            for (int i = 0; i < count; i++) {
                longer[i] = starts[(first + i) % starts.length];
            }
            starts = longer;
            first = 0;
        }
    }

    private static final class Bucketed extends StartCap {
        private final int cap;
        private final SlidingBuckets starts;

        Bucketed(int cap, long interval) {
            this.cap = cap;
            this.starts = new SlidingBuckets(interval, MOST_EXACT);
        }

        @Override
        long startAt(long now) {
            long over = starts.total(now) + 1 - cap;
            return over <= 0 ? now : starts.leftAt(over);
        }

        @Override
        void start(long now) {
            starts.add(1, now);
        }
    }
}
