package dev.steadymail.benchmarks;

import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.ratelimiter.RateLimiter;
import io.github.resilience4j.ratelimiter.RateLimiterConfig;
import io.github.resilience4j.retry.Retry;
import java.time.Duration;
import java.util.function.Supplier;

/** What the guard is compared with: resilience4j's four, stacked in the order that its documentation gives. */
final class PeerStack {
    /** A limit that nothing reaches; the other three have their defaults. */
    private static final RateLimiterConfig UNREACHED = RateLimiterConfig.custom()
            .limitForPeriod(1_000_000_000)
            .limitRefreshPeriod(Duration.ofSeconds(1))
            .timeoutDuration(Duration.ZERO)
            .build();

    private PeerStack() {}

    static <T> Supplier<T> around(Supplier<T> work) {
        Supplier<T> held = Bulkhead.decorateSupplier(Bulkhead.ofDefaults("peer"), work);
        Supplier<T> paced = RateLimiter.decorateSupplier(RateLimiter.of("peer", UNREACHED), held);
        return Retry.decorateSupplier(Retry.ofDefaults("peer"), broken(paced));
    }

    private static <T> Supplier<T> broken(Supplier<T> work) {
        return CircuitBreaker.decorateSupplier(CircuitBreaker.ofDefaults("peer"), work);
    }
}
