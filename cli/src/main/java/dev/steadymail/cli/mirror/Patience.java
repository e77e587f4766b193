package dev.steadymail.cli.mirror;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long a run goes on trying.
 *
 * @param firstAnswer without any answer of the provider
 * @param progress without any progress; a throttle that the provider stated is progress until it ends
 * @param shortestWait between two tries
 * @param longestWait between two tries, unless the provider asks for more
 */
public record Patience(Duration firstAnswer, Duration progress, Duration shortestWait, Duration longestWait) {
    /** 30 seconds, 5 minutes; waits of 1 to 30 seconds. */
    public static final Patience DEFAULT =
            new Patience(Duration.ofSeconds(30), Duration.ofMinutes(5), Duration.ofSeconds(1), Duration.ofSeconds(30));

    /** Returns a wait with jitter: from the shortest to twice that, doubled with each failure, up to the longest. */
    Duration backoff(int failures, RandomGenerator random) {
        long shortest = shortestWait.toNanos();
        long bound = Math.min(longestWait.toNanos(), shortest << Math.min(failures, 10));
        return Duration.ofNanos(bound <= shortest ? shortest : random.nextLong(shortest, bound + 1));
    }
}
