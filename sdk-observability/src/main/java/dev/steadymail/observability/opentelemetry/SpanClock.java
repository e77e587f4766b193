package dev.steadymail.observability.opentelemetry;

import java.time.Instant;
import java.time.InstantSource;

/**
 * Makes the timestamps of spans that are told afterwards.
 *
 * @param clock the time of day
 */
record SpanClock(InstantSource clock) {
    static final SpanClock SYSTEM = new SpanClock(InstantSource.system());

    private static final long SECOND = 1_000_000_000;

    Instant now() {
        return clock.instant();
    }

    /** Returns the nanoseconds since 1970. */
    long epochNanos() {
        Instant now = clock.instant();
        return now.getEpochSecond() * SECOND + now.getNano();
    }
}
