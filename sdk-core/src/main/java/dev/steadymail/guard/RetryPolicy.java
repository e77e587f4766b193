package dev.steadymail.guard;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How often and how soon a failed attempt is repeated.
 *
 * @param maxAttempts attempts in all, the first included; at least 1
 * @param base upper bound of the first delay
 * @param cap upper bound of every delay of our own; what a provider asks for is not cut
 */
public record RetryPolicy(int maxAttempts, Duration base, Duration cap) {
    /** Four attempts; delays of up to 0.5, 1 and 2 seconds. */
    public static final RetryPolicy DEFAULT = new RetryPolicy(4, Duration.ofMillis(500), Duration.ofSeconds(20));

    public RetryPolicy {
        if (maxAttempts < 1) {
            throw new IllegalArgumentException("maxAttempts must be at least 1, was " + maxAttempts);
        }
        if (base.isNegative() || base.compareTo(cap) > 0) {
            throw new IllegalArgumentException("base must be between 0 and cap, was " + base);
        }
    }

    /**
     * Returns a delay with full jitter: anywhere between zero and the bound, so that callers who failed together do not return
     * together.
     *
     * @param attempt the attempt that failed, from 1
     */
    public Duration backoff(int attempt, RandomGenerator random) {
        Duration doubled = base.multipliedBy(1L << Math.min(attempt - 1, 20));
        long bound = (doubled.compareTo(cap) < 0 ? doubled : cap).toNanos();
        return Duration.ofNanos(bound == 0 ? 0 : random.nextLong(bound + 1));
    }
}
