package dev.steadymail.cache;

import java.time.Duration;

/**
 * How much a cache keeps, and for how long it answers where nothing vouches for what it has. Immutable.
 *
 * @param maxWeight octets that all accounts together may take, about; at least 1 MiB
 * @param largestContent octets of the largest message or attachment that is kept; larger ones pass by
 * @param freshFor how long an answer that may change is good after it was read, or proved by a sync; zero for never. This is the bound of
 *     staleness wherever no watch is up and no level is shared
 * @param sharedFreshFor how old an answer may be that comes from a level which processes share, beneath the memory: the bound of staleness
 *     where there is one; {@code freshFor} at least
 * @param sourceFreshFor how old an answer may be that comes from a source of the application's own, see {@link CachedAccount#knownFrom}: the bound of
 *     staleness of emails where there is one
 * @param staleFor how old an answer may be that is given while the account's circuit is open; zero for none
 */
public record CacheSettings(
        long maxWeight,
        long largestContent,
        Duration freshFor,
        Duration sharedFreshFor,
        Duration sourceFreshFor,
        Duration staleFor) {
    private static final long MIB = 1 << 20;

    /** 64 MiB, contents up to 4 MiB, fresh for 5 seconds, shared for 30, from a source of one's own for 5 minutes, up to an hour old while the circuit is open. */
    public static final CacheSettings DEFAULT = new CacheSettings(
            64 * MIB,
            4 * MIB,
            Duration.ofSeconds(5),
            Duration.ofSeconds(30),
            Duration.ofMinutes(5),
            Duration.ofHours(1));

    public CacheSettings {
        if (maxWeight < MIB) {
            throw new IllegalArgumentException("maxWeight must be at least 1 MiB, was " + maxWeight);
        }
        if (largestContent < 0 || largestContent > Integer.MAX_VALUE / 2) {
            throw new IllegalArgumentException("largestContent must be 0 to 1 GiB, was " + largestContent);
        }
        if (freshFor.isNegative() || sourceFreshFor.isNegative() || staleFor.isNegative()) {
            throw new IllegalArgumentException("freshFor, sourceFreshFor and staleFor must not be negative");
        }
        if (sharedFreshFor.compareTo(freshFor) < 0) {
            sharedFreshFor = freshFor;
        }
    }

    /** Returns these settings with another weight. */
    public CacheSettings withMaxWeight(long maxWeight) {
        return new CacheSettings(maxWeight, largestContent, freshFor, sharedFreshFor, sourceFreshFor, staleFor);
    }

    /** Returns these settings with another bound where nothing vouches. */
    public CacheSettings withFreshFor(Duration freshFor) {
        return new CacheSettings(maxWeight, largestContent, freshFor, sharedFreshFor, sourceFreshFor, staleFor);
    }

    /** Returns these settings with another bound for what comes from a level that processes share. */
    public CacheSettings withSharedFreshFor(Duration sharedFreshFor) {
        return new CacheSettings(maxWeight, largestContent, freshFor, sharedFreshFor, sourceFreshFor, staleFor);
    }

    /** Returns these settings with another bound for what a source of the application's own knows. */
    public CacheSettings withSourceFreshFor(Duration sourceFreshFor) {
        return new CacheSettings(maxWeight, largestContent, freshFor, sharedFreshFor, sourceFreshFor, staleFor);
    }

    /** Returns these settings with another bound while the circuit is open. */
    public CacheSettings withStaleFor(Duration staleFor) {
        return new CacheSettings(maxWeight, largestContent, freshFor, sharedFreshFor, sourceFreshFor, staleFor);
    }
}
