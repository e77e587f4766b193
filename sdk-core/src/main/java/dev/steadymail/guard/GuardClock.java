package dev.steadymail.guard;

import dev.steadymail.time.Deadline;
import dev.steadymail.time.TimeSource;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * Monotonic nanoseconds since the runtime began, never negative, so that points in time compare as plain numbers. Thread-safe.
 */
final class GuardClock {
    /** Later than everything. */
    static final long NEVER = Long.MAX_VALUE;

    /** A server may state any time; a longer one is as good as for ever and must not overflow. */
    private static final Duration LONGEST = Duration.ofDays(365);

    private final TimeSource time;
    private final long origin;

    GuardClock(TimeSource time) {
        this.time = time;
        this.origin = time.nanoTime();
    }

    TimeSource time() {
        return time;
    }

    long now() {
        return time.nanoTime() - origin;
    }

    long of(Deadline deadline) {
        return deadline.atNanos() - origin;
    }

    /** Returns the point at which the wall clock should show {@code instant}, by what it shows now; {@code now} where it is over. */
    long of(Instant instant, long now) {
        Duration wait = Duration.between(time.now(), instant);
        if (wait.isNegative()) {
            return now;
        }
        return now + (wait.compareTo(LONGEST) > 0 ? LONGEST : wait).toNanos();
    }

    /** Returns a point as the ticker of the time source shows it. */
    long raw(long at) {
        return at + origin;
    }

    Instant instantOf(long at, long now) {
        return time.now().plusNanos(at - now);
    }

    /** Returns a clock that no step of the wall clock moves, for libraries that measure durations by instants. */
    Clock monotonic() {
        return new Monotonic(this);
    }

    private static final class Monotonic extends Clock {
        private final GuardClock nanos;

        Monotonic(GuardClock nanos) {
            this.nanos = nanos;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return Instant.EPOCH.plusNanos(nanos.now());
        }
    }
}
