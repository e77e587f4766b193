package dev.steadymail.cache;

import dev.steadymail.cache.CacheStatistics.OfKind;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** Counts what a cache does. Thread-safe. */
final class Counters {
    private final Map<CachedKind, One> kinds = new EnumMap<>(CachedKind.class);
    final LongAdder evictions = new LongAdder();

    Counters() {
        for (CachedKind kind : CachedKind.values()) {
            kinds.put(kind, new One());
        }
    }

    One of(CachedKind kind) {
        One one = kinds.get(kind);
        return one == null ? new One() : one;
    }

    Map<CachedKind, OfKind> snapshot() {
        Map<CachedKind, OfKind> snapshot = new EnumMap<>(CachedKind.class);
        kinds.forEach((kind, one) -> snapshot.put(kind, one.snapshot()));
        return snapshot;
    }

    /** Of one kind. */
    static final class One {
        final LongAdder hits = new LongAdder();
        final LongAdder misses = new LongAdder();
        final LongAdder sharedHits = new LongAdder();
        final LongAdder sharedMisses = new LongAdder();
        final LongAdder sourced = new LongAdder();
        final LongAdder coalesced = new LongAdder();
        final LongAdder stale = new LongAdder();
        final LongAdder loadNanos = new LongAdder();

        OfKind snapshot() {
            return new OfKind(
                    hits.sum(),
                    misses.sum(),
                    sharedHits.sum(),
                    sharedMisses.sum(),
                    sourced.sum(),
                    coalesced.sum(),
                    stale.sum(),
                    Duration.ofNanos(loadNanos.sum()));
        }
    }
}
