package dev.steadymail.testkit.guard;

import java.time.Duration;
import java.util.function.ToLongFunction;
import java.util.random.RandomGenerator;

/**
 * What a simulated provider enforces, and how fast it is.
 *
 * @param counting how it counts units
 * @param userUnits the most of one mailbox in a minute
 * @param projectUnits the most of all mailboxes in a minute
 * @param concurrency requests of one mailbox at once
 * @param latency draws the nanoseconds from the start of a request to the end of its answer; 0 answers within the call
 */
record ProviderRules(
        UnitWindow.Kind counting,
        long userUnits,
        long projectUnits,
        int concurrency,
        ToLongFunction<RandomGenerator> latency) {
    static final Duration WINDOW = Duration.ofMinutes(1);

    private static final double MEDIAN_NANOS = 80e6;
    private static final double LONGEST_NANOS = 5e9;

    /** Gmail's limits for projects of 2026, with the concurrency that the preset keeps to. */
    static ProviderRules gmail(UnitWindow.Kind counting) {
        return new ProviderRules(counting, 6_000, 1_200_000, 3, ProviderRules::webLatency);
    }

    ProviderRules withLatency(Duration fixed) {
        long nanos = fixed.toNanos();
        return new ProviderRules(counting, userUnits, projectUnits, concurrency, choices -> nanos);
    }

    /** Half within 80 ms, one in a hundred over 800 ms, at most 5 s. */
    private static long webLatency(RandomGenerator choices) {
        return (long) Math.min(LONGEST_NANOS, MEDIAN_NANOS * Math.exp(choices.nextGaussian())) + 1;
    }
}
