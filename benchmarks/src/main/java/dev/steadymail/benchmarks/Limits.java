package dev.steadymail.benchmarks;

import dev.steadymail.guard.GuardSettings;
import dev.steadymail.guard.QuotaPlan;
import dev.steadymail.guard.RetryPolicy;
import java.time.Duration;

/** Settings under which nothing waits, so that what is measured is the guard and not its limits. */
final class Limits {
    /** A failure is not repeated. */
    static final RetryPolicy ONE_ATTEMPT = new RetryPolicy(1, Duration.ZERO, Duration.ZERO);

    /** All that the settings allow: no call of a benchmark comes near. */
    static final GuardSettings WIDE = GuardSettings.builder()
            .maxInFlight(100)
            .starts(1_000_000, Duration.ofMillis(1))
            .maxWaiting(100_000)
            .retryPolicy(ONE_ATTEMPT)
            .build();

    /** The same with a quota that is counted and never used up. */
    static final GuardSettings METERED = WIDE.toBuilder()
            .quota(QuotaPlan.requests(1_000_000_000, Duration.ofMinutes(1)))
            .build();

    private Limits() {}

    /** Returns wide settings with so many places. */
    static GuardSettings places(int maxInFlight) {
        return WIDE.toBuilder().maxInFlight(maxInFlight).build();
    }
}
