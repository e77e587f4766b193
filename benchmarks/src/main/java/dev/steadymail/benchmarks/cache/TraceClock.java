package dev.steadymail.benchmarks.cache;

import java.util.function.LongSupplier;

/** The trace's time, which goes on by a nanosecond each time it is asked: what happens later is later. Not thread-safe. */
final class TraceClock implements LongSupplier {
    private static final long NANOS_OF_MILLI = 1_000_000;

    private long now = 1;

    void at(long millis) {
        now = Math.max(now, millis * NANOS_OF_MILLI);
    }

    @Override
    public long getAsLong() {
        return now++;
    }
}
