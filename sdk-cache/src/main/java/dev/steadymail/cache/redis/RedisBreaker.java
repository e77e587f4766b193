package dev.steadymail.cache.redis;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;

/**
 * Leaves Redis alone for a while after it did not answer in time, twice as long after each time in a row; then one question finds out
 * whether it is back. So a Redis that hangs costs one caller its patience now and then, and all others nothing. Thread-safe.
 */
final class RedisBreaker {
    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofSeconds(5);

    private final LongSupplier nanos;
    private final AtomicReference<State> state = new AtomicReference<>(new State(0, 0, false));

    RedisBreaker(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /**
     * @param failures in a row
     * @param until when the rest ends
     * @param probing whether somebody is finding out
     */
    private record State(int failures, long until, boolean probing) {}

    /** Returns whether Redis may be asked now. Who is told so says afterwards how it went. */
    boolean admits() {
        State now = state.get();
        if (now.failures == 0) {
            return true;
        }
        return !now.probing
                && nanos.getAsLong() - now.until >= 0
                && state.compareAndSet(now, new State(now.failures, now.until, true));
    }

    /** Returns whether it is left alone, or on trial. */
    boolean isOpen() {
        return state.get().failures > 0;
    }

    void answered() {
        if (state.get().failures > 0) {
            state.set(new State(0, 0, false));
        }
    }

    /** Who was told to ask learned nothing of how fast Redis is: it said no, or there is no connection, which takes no time. */
    void learnedNothing() {
        state.updateAndGet(now -> now.probing ? new State(now.failures, now.until, false) : now);
    }

    /** Nothing came in time. */
    void late() {
        state.updateAndGet(now -> {
            // Those that were under way when the first one failed say nothing new.
            if (now.failures > 0 && !now.probing) {
                return now;
            }
            int failures = Math.min(now.failures + 1, 30);
            long rest = Math.min(FIRST.toNanos() << (failures - 1), LONGEST.toNanos());
            return new State(failures, nanos.getAsLong() + rest, false);
        });
    }
}
