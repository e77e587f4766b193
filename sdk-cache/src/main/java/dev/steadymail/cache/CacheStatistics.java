package dev.steadymail.cache;

import java.time.Duration;
import java.util.Map;

/**
 * What a cache did since it was made, and what it holds.
 *
 * @param kinds by what was asked for
 * @param weight octets that are held, about
 * @param evictions values that gave way to others
 */
public record CacheStatistics(Map<CachedKind, OfKind> kinds, long weight, long evictions) {
    public CacheStatistics {
        kinds = Map.copyOf(kinds);
    }

    /** Returns the share of all questions that were answered without asking the provider, 0 where there were none. */
    public double hitRate() {
        long hits = kinds.values().stream().mapToLong(OfKind::hits).sum();
        long asked = hits + kinds.values().stream().mapToLong(OfKind::misses).sum();
        long shared = kinds.values().stream()
                .mapToLong(kind -> kind.sharedHits() + kind.sourced())
                .sum();
        return asked == 0 ? 0 : (double) (hits + shared) / asked;
    }

    /**
     * What happened to one kind.
     *
     * @param hits questions that were answered from memory
     * @param misses those that were not
     * @param sharedHits misses that the level answered which processes share
     * @param sharedMisses misses that it was asked in vain
     * @param sourced misses that a source of the application's own answered
     * @param coalesced waits for somebody else's reading instead of one of their own
     * @param stale hits of answers older than the bound, since the circuit was open
     * @param loadTime all time that readings took
     */
    public record OfKind(
            long hits,
            long misses,
            long sharedHits,
            long sharedMisses,
            long sourced,
            long coalesced,
            long stale,
            Duration loadTime) {}
}
