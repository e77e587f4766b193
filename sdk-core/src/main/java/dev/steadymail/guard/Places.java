package dev.steadymail.guard;

import java.time.Duration;
import java.util.Arrays;

/**
 * How many requests may be in flight, and which are. "Too many at once" halves the limit for an hour. Guarded by its owner's lock.
 */
final class Places {
    private static final long CEILING = Duration.ofHours(1).toNanos();
    private static final int CLEAN_TO_GROW = 20;
    private static final Cancellation[] NONE = {};

    private final int configured;
    private final int adaptiveMax;
    private Cancellation[] flights = NONE;
    private int taken;
    private int limit;
    private boolean lowered;
    private long loweredAt;
    private long pausedUntil;
    private int clean;

    Places(int configured, int adaptiveMax) {
        this.configured = configured;
        this.adaptiveMax = adaptiveMax;
        this.limit = configured;
    }

    int taken() {
        return taken;
    }

    int limit(long now) {
        if (lowered && now - loweredAt >= CEILING) {
            lowered = false;
            limit = Math.max(limit, configured);
        }
        return limit;
    }

    /** Returns until when a lowered limit is remembered. */
    long loweredUntil() {
        return lowered ? loweredAt + CEILING : 0;
    }

    boolean isFree(long now) {
        return taken < limit(now);
    }

    long pausedUntil() {
        return pausedUntil;
    }

    void take(Cancellation flight) {
        if (taken == flights.length) {
            flights = Arrays.copyOf(flights, taken + 2);
        }
        flights[taken++] = flight;
    }

    /** Frees a place; answers whether that flight still had it. */
    boolean free(Cancellation flight) {
        for (int i = 0; i < taken; i++) {
            if (flights[i] == flight) {
                int last = --taken;
                flights[i] = flights[last];
                flights[last] = null;
                return true;
            }
        }
        return false;
    }

    boolean has(Cancellation flight) {
        for (int i = 0; i < taken; i++) {
            if (flights[i] == flight) {
                return true;
            }
        }
        return false;
    }

    Cancellation flight(int index) {
        return flights[index];
    }

    long earliestLimit() {
        long earliest = GuardClock.NEVER;
        for (int i = 0; i < taken; i++) {
            // What was granted and not begun is looked after by who was granted it.
            earliest = flights[i].hasBegun() ? Math.min(earliest, flights[i].limitAt()) : earliest;
        }
        return earliest;
    }

    /**
     * Halves the limit, unless the request that was too much started before it was last halved; answers whether it did.
     *
     * @param pause how long nothing may start
     */
    boolean lower(long startedAt, long pause, long now) {
        clean = 0;
        if (lowered && startedAt <= loweredAt) {
            return false;
        }
        limit = Math.max(1, limit(now) / 2);
        lowered = true;
        loweredAt = now;
        pausedUntil = now + pause;
        return true;
    }

    /** Counts a request without trouble; the limit grows after some of them where that is wanted and no ceiling is remembered. */
    void success(long now) {
        if (adaptiveMax > 0 && ++clean >= CLEAN_TO_GROW) {
            clean = 0;
            if (!lowered && limit(now) < adaptiveMax) {
                limit++;
            }
        }
    }

    void reset() {
        lowered = false;
        limit = Math.max(limit, configured);
        pausedUntil = 0;
    }
}
