package dev.steadymail.guard;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * When circuits open, and how those who waited are spread after they close. Immutable; shared by all circuits with the same
 * settings.
 */
final class CircuitRules {
    static final int WINDOW = 20;
    private static final int LEAST_OUTCOMES = 10;

    private final CircuitBreakerConfig config;
    private final long openNanos;
    private final long spreadGap;
    private final int spreadStarts;

    /**
     * Rules.
     *
     * @param spreadGap nanoseconds between two starts after a circuit was open
     * @param spreadStarts how many starts are spread
     */
    CircuitRules(GuardClock clock, int failureRate, Duration openFor, long spreadGap, int spreadStarts) {
        this.openNanos = openFor.toNanos();
        this.spreadGap = spreadGap;
        this.spreadStarts = spreadStarts;
        this.config = CircuitBreakerConfig.custom()
                .slidingWindow(WINDOW, LEAST_OUTCOMES, SlidingWindowType.COUNT_BASED)
                .failureRateThreshold(failureRate)
                .waitDurationInOpenState(openFor)
                .permittedNumberOfCallsInHalfOpenState(1)
                .writableStackTraceEnabled(false)
                .clock(clock.monotonic())
                .currentTimestampFunction(monotonic -> clock.now(), TimeUnit.NANOSECONDS)
                .build();
    }

    CircuitBreaker breaker() {
        return CircuitBreaker.of("circuit", config);
    }

    long openNanos() {
        return openNanos;
    }

    long spreadGap() {
        return spreadGap;
    }

    int spreadStarts() {
        return spreadStarts;
    }
}
