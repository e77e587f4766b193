package dev.steadymail.cache.redis;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Leaves Redis alone for a while after it did not answer in time, twice as long after each time in a row; then one question finds out
 * whether it is back. So a Redis that hangs costs one caller its patience now and then, and all others nothing. Thread-safe.
 */
final class RedisBreaker {
    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofSeconds(5);
    private static final int MOST = 30;

    private final LongSupplier nanos;
    /** In a row. Written with this object's monitor held. */
    private volatile int failures;
    // Guarded by this object.
    private long until;
    private boolean probing;

    RedisBreaker(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** Returns whether Redis may be asked now. Who is told so says afterwards how it went. */
    boolean admits() {
        return failures == 0 || admitsOne();
    }

    private synchronized boolean admitsOne() {
        boolean admits = failures == 0 || (!probing && nanos.getAsLong() - until >= 0);
        if (admits) {
            probing = failures > 0;
        }
        return admits;
    }

    /** Returns whether it is left alone, or on trial. */
    boolean isOpen() {
        return failures > 0;
    }

    /** Returns whether it did not answer again after it was left alone. */
    boolean isSilent() {
        return failures > 1;
    }

    void answered() {
        if (failures > 0) {
            closed();
        }
    }

    private synchronized void closed() {
        failures = 0;
        probing = false;
    }

    /** Who was told to ask learned nothing of how fast Redis is: it said no, or there is no connection, which takes no time. */
    synchronized void learnedNothing() {
        probing = false;
    }

    /** Nothing came in time. Those that were under way when the first one failed say nothing new. */
    synchronized void late() {
        if (failures > 0 && !probing) {
            return;
        }
        long rest = Math.min(FIRST.toNanos() << failures, LONGEST.toNanos());
        failures = Math.min(failures + 1, MOST);
        until = nanos.getAsLong() + rest;
        probing = false;
    }
}
