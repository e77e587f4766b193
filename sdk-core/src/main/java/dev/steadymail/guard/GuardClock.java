package dev.steadymail.guard;

import dev.steadymail.time.Deadline;
import dev.steadymail.time.TimeSource;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * Monotonic nanoseconds since the runtime began, never negative, so that points in time compare as plain numbers. Thread-safe.
 */
final class GuardClock {
    /** Later than everything. */
    static final long NEVER = Long.MAX_VALUE;

    /** A server may state any time; a longer one is as good as for ever and must not overflow. */
    private static final Duration LONGEST = Duration.ofDays(365);

    /** How late a step of the wall clock may be noticed in stamps. */
    private static final long STAMP_GOOD_FOR = Duration.ofMillis(1).toNanos();

    private final TimeSource time;
    private final long origin;
    private volatile @Nullable Stamp stamp;

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

    /**
     * Returns what the wall clock shows now. It is asked once in a millisecond: where calls come thick and fast, asking it would cost more
     * than all else that an event does.
     */
    Instant stamp(long now) {
        Stamp last = stamp;
        if (last == null || Math.abs(now - last.at) >= STAMP_GOOD_FOR) {
            last = new Stamp(now, time.now());
            stamp = last;
        }
        return last.wall.plusNanos(now - last.at);
    }

    /** What the wall clock showed at a point. */
    private record Stamp(long at, Instant wall) {}

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
