package dev.steadymail.cache.redis;

import java.util.concurrent.atomic.LongAdder;

/** Counts what happens between this process and Redis. Thread-safe. */
final class RedisCounters {
    private final LongAdder late = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final LongAdder skipped = new LongAdder();
    private final LongAdder damaged = new LongAdder();
    private final LongAdder octetsRead = new LongAdder();
    private final LongAdder octetsWritten = new LongAdder();
    private final LongAdder heard = new LongAdder();

    void late() {
        late.increment();
    }

    void failed() {
        failed.increment();
    }

    void skipped() {
        skipped.increment();
    }

    void damaged() {
        damaged.increment();
    }

    void read(int octets) {
        octetsRead.add(octets);
    }

    void written(int octets) {
        octetsWritten.add(octets);
    }

    void heard() {
        heard.increment();
    }

    RedisStatistics snapshot(boolean resting) {
        return new RedisStatistics(
                late.sum(),
                failed.sum(),
                skipped.sum(),
                damaged.sum(),
                octetsRead.sum(),
                octetsWritten.sum(),
                heard.sum(),
                resting);
    }
}
