package dev.steadymail.time;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * Time and chance. Stamps come from the wall clock, durations from the monotonic ticker, waiting from the scheduler. Thread-safe
 * as far as its parts are.
 *
 * @param clock wall clock, for stamps and for what servers state as an instant
 * @param nanos monotonic nanoseconds with an arbitrary origin, for durations
 * @param scheduler timers
 * @param random jitter
 */
public record TimeSource(InstantSource clock, LongSupplier nanos, Scheduler scheduler, RandomGenerator random) {
    public Instant now() {
        return clock.instant();
    }

    public long nanoTime() {
        return nanos.getAsLong();
    }

    /** Returns the deadline that passes after {@code timeout}. */
    public Deadline deadline(Duration timeout) {
        return new Deadline(nanoTime() + Deadline.saturatedNanos(timeout), nanos);
    }
}
