package dev.steadymail.guard;

import dev.steadymail.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Until when an account must be left alone. The end is kept on the monotonic ticker, so that a step of the wall clock neither
 * shortens nor stretches the wait. Thread-safe: guarded by this object's lock.
 */
final class Pause {
    /** A server may state any time; a longer one is as good as for ever and must not overflow. */
    private static final Duration LONGEST = Duration.ofDays(365);

    private final TimeSource time;
    private final Traffic traffic;
    private long endNanos;
    private boolean active;

    Pause(TimeSource time, Traffic traffic) {
        this.time = time;
        this.traffic = traffic;
    }

    synchronized void until(Instant end) {
        long now = time.nanoTime();
        Duration wait = Duration.between(time.now(), end);
        if (wait.isNegative() || wait.isZero()) {
            return;
        }
        long newEnd = now + (wait.compareTo(LONGEST) > 0 ? LONGEST : wait).toNanos();
        long covered = active && endNanos - now > 0 ? endNanos : now;
        if (newEnd - covered > 0) {
            traffic.countThrottled(Duration.ofNanos(newEnd - covered));
            endNanos = newEnd;
            active = true;
        }
    }

    synchronized @Nullable Instant end() {
        long left = endNanos - time.nanoTime();
        if (!active || left <= 0) {
            active = false;
            return null;
        }
        return time.now().plusNanos(left);
    }
}
