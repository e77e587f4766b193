package dev.steadymail.time;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * A point in monotonic time after which nothing waits any more. Immutable and thread-safe.
 *
 * @param atNanos the point, in the ticker's nanoseconds
 * @param nanos the ticker
 */
public record Deadline(long atNanos, LongSupplier nanos) {
    private static final long LONGEST = Duration.ofDays(365).toNanos();

    /** Returns the time left, zero where the deadline has passed. */
    public Duration remaining() {
        return Duration.ofNanos(Math.max(0, atNanos - nanos.getAsLong()));
    }

    public boolean hasPassed() {
        return atNanos - nanos.getAsLong() <= 0;
    }

    /** Returns whether a wait of {@code delay} would end before the deadline. */
    public boolean allows(Duration delay) {
        return delay.compareTo(remaining()) < 0;
    }

    /** Returns the shorter of {@code limit} and what is left. */
    public Duration atMost(Duration limit) {
        Duration left = remaining();
        return limit.compareTo(left) < 0 ? limit : left;
    }

    /** Returns the deadline that passes after {@code limit}, or this one where it passes sooner. */
    public Deadline within(Duration limit) {
        return allows(limit) ? new Deadline(nanos.getAsLong() + saturatedNanos(limit), nanos) : this;
    }

    static long saturatedNanos(Duration timeout) {
        if (timeout.isNegative()) {
            return 0;
        }
        return timeout.compareTo(Duration.ofNanos(LONGEST)) > 0 ? LONGEST : timeout.toNanos();
    }
}
