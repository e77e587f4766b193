package dev.steadymail.imap.codec;

import java.time.Duration;

/**
 * How far a long run is, as lines on standard output that begin with {@code fuzz:}, one after the first round, one a minute and
 * one at the end. Silent where no time is asked for. Used by one thread.
 */
final class FuzzProgress {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final long started = System.nanoTime();
    private final Duration length;
    private Duration next = Duration.ZERO;
    private long inputs;

    /** Starts the time, which is zero for one round. */
    FuzzProgress(Duration length) {
        this.length = length;
    }

    /**
     * Counts a round, and answers whether time is left for another.
     *
     * @param seed of the input that would be next
     */
    boolean goesOnAfter(long count, long seed) {
        inputs += count;
        Duration elapsed = elapsed();
        boolean goesOn = elapsed.compareTo(length) < 0;
        if (!length.isZero() && (!goesOn || elapsed.compareTo(next) >= 0)) {
            next = MINUTE.multipliedBy(elapsed.toMinutes() + 1);
            System.out.printf(
                    "fuzz: seconds=%d inputs=%d next=%d heap=%d%n", elapsed.toSeconds(), inputs, seed, heapInUse());
        }
        return goesOn;
    }

    private Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - started);
    }

    /** Returns the octets in use after a collection. */
    private static long heapInUse() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
