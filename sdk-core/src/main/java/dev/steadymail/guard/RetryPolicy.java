package dev.steadymail.guard;

import io.github.resilience4j.core.IntervalFunction;
import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How often and how soon a failed attempt is repeated. Beside it stands the account's retry budget: 500 tokens, of which a retry
 * takes 5 and a success brings some back.
 *
 * @param maxAttempts attempts in all, the first included; at least 1
 * @param base upper bound of the first delay
 * @param cap upper bound of every delay of our own; what a provider asks for is not cut
 * @param total from when on, counted from the call's start, no further attempt is planned
 */
public record RetryPolicy(int maxAttempts, Duration base, Duration cap, Duration total) {
    /** Four attempts within 5 minutes; delays of up to 0.5, 1 and 2 seconds. */
    public static final RetryPolicy DEFAULT = new RetryPolicy(4, Duration.ofMillis(500), Duration.ofSeconds(20));

    private static final double FACTOR = 2;

    public RetryPolicy {
        if (maxAttempts < 1) {
            throw new IllegalArgumentException("maxAttempts must be at least 1, was " + maxAttempts);
        }
        if (base.isNegative() || base.compareTo(cap) > 0) {
            throw new IllegalArgumentException("base must be between 0 and cap, was " + base);
        }
        if (total.isNegative() || total.isZero()) {
            throw new IllegalArgumentException("total must be positive, was " + total);
        }
    }

    /** A policy with a total of 5 minutes. */
    public RetryPolicy(int maxAttempts, Duration base, Duration cap) {
        this(maxAttempts, base, cap, Duration.ofMinutes(5));
    }

    /**
     * Returns a delay with full jitter: anywhere between zero and a bound that doubles, so that callers who failed together do not
     * return together.
     *
     * @param attempt the attempt that failed, from 1
     */
    public Duration backoff(int attempt, RandomGenerator random) {
        long bound = bound(attempt);
        return Duration.ofNanos(bound == 0 ? 0 : random.nextLong(bound + 1));
    }

    /** resilience4j's intervals begin at a millisecond. */
    private long bound(int attempt) {
        if (base.toMillis() < 1) {
            return base.toNanos();
        }
        return Duration.ofMillis(
                        IntervalFunction.ofExponentialBackoff(base, FACTOR, cap).apply(attempt))
                .toNanos();
    }
}
