package dev.steadymail.observability.events;

import dev.steadymail.event.ClientEvent.CircuitEvent.State;
import dev.steadymail.time.TimeSource;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * When the exporter may be tried again: after what it asked for, else after a random time that grows; and after five failed tries in a row
 * it rests 30 seconds, twice as long after each further one, five minutes at most. Not thread-safe.
 */
final class Pacing {
    /** The longest wait that a receiver can ask for. */
    static final Duration LONGEST_REST = Duration.ofMinutes(5);

    private static final Duration FIRST_BACKOFF = Duration.ofSeconds(1);
    private static final Duration LONGEST_BACKOFF = Duration.ofMinutes(1);
    private static final Duration FIRST_REST = Duration.ofSeconds(30);
    private static final int TRIES = 5;
    private static final int MOST_DOUBLINGS = 20;

    private final TimeSource time;
    private int failed;
    private long until;

    Pacing(TimeSource time) {
        this.time = time;
    }

    /** Returns how long nothing may be sent, zero where it may. */
    long restNanos() {
        return failed == 0 ? 0 : Math.max(0, until - time.nanoTime());
    }

    State state() {
        if (failed < TRIES) {
            return State.CLOSED;
        }
        return restNanos() > 0 ? State.OPEN : State.HALF_OPEN;
    }

    /** The receiver answered. */
    void answered() {
        failed = 0;
    }

    /** A try failed. */
    void failed(@Nullable Duration retryAfter) {
        failed++;
        long rest = Math.max(jitter(), retryAfter == null ? 0 : nanosOf(retryAfter));
        if (failed >= TRIES) {
            rest = Math.max(rest, doubled(FIRST_REST, failed - TRIES, LONGEST_REST));
        }
        until = time.nanoTime() + rest;
    }

    private long jitter() {
        return time.random().nextLong(doubled(FIRST_BACKOFF, failed - 1, LONGEST_BACKOFF) + 1);
    }

    private static long nanosOf(Duration duration) {
        return duration.compareTo(LONGEST_REST) > 0 ? LONGEST_REST.toNanos() : Math.max(0, duration.toNanos());
    }

    private static long doubled(Duration first, int times, Duration most) {
        return Math.min(first.toNanos() << Math.min(times, MOST_DOUBLINGS), most.toNanos());
    }
}
