package dev.steadymail.hybrid;

import dev.steadymail.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Counts the octets of one account in the last 24 hours, an hour at a time: when a provider's own day begins is not known, so no 24
 * hours may hold more than a day may. Nothing here waits; it says for how long to. Thread-safe.
 */
final class ByteMeter {
    static final int SLOW_PERCENT = 60;
    static final int STOP_PERCENT = 80;
    static final int BREAK_PERCENT = 90;

    private static final long HOUR = Duration.ofHours(1).toNanos();
    /** 24 hours that are over, and the one that is not. */
    private static final int HOURS = 25;

    private final TimeSource time;
    private final long origin;
    private final long[] bytes = new long[HOURS];
    private long newest;
    private long limit;
    private boolean spent;
    private long nextAt;

    ByteMeter(TimeSource time) {
        this.time = time;
        this.origin = time.nanoTime();
        this.nextAt = origin;
    }

    synchronized void limit(long dailyBytes) {
        limit = dailyBytes;
    }

    synchronized long limit() {
        return limit;
    }

    synchronized long used() {
        roll();
        long sum = 0;
        for (long hour : bytes) {
            sum += hour;
        }
        return sum;
    }

    /** Counts octets that passed. Those beyond where reading is slowed have the next ones wait for as long as they should have taken. */
    synchronized void add(long count) {
        roll();
        bytes[(int) (newest % HOURS)] += count;
        long beyond = Math.min(count, used() - share(SLOW_PERCENT));
        if (beyond > 0) {
            nextAt = Math.max(nextAt, time.nanoTime()) + (long) (beyond / bytesPerNano());
        }
    }

    /** Returns whether nothing more may pass: from 80 % of the limit on, until less than 60 % count. */
    synchronized boolean isSpent() {
        long used = used();
        spent = used >= share(STOP_PERCENT) || (spent && used >= share(SLOW_PERCENT));
        return spent;
    }

    /** Returns whether even what was asked for already must not go on: from 90 % of the limit on. */
    synchronized boolean isOver() {
        return used() >= share(BREAK_PERCENT);
    }

    /** Returns whether what passes is slowed. */
    synchronized boolean isSlow() {
        return used() >= share(SLOW_PERCENT);
    }

    /** Returns how long to wait before more passes; zero where reading is not slowed. */
    synchronized Duration pause() {
        return isSlow() ? Duration.ofNanos(Math.max(0, nextAt - time.nanoTime())) : Duration.ZERO;
    }

    /** Returns when reading is whole again if nothing passes until then; null where it is. */
    synchronized @Nullable Instant wholeAt() {
        long left = used();
        if (left < share(SLOW_PERCENT)) {
            return null;
        }
        long hour = newest - HOURS + 1;
        while (left >= share(SLOW_PERCENT)) {
            left -= hour < 0 ? 0 : bytes[(int) (hour % HOURS)];
            hour++;
        }
        long at = origin + (hour - 1 + HOURS) * HOUR;
        return time.now().plusNanos(at - time.nanoTime());
    }

    /** What lies between slow and stop lasts for an hour. */
    private double bytesPerNano() {
        return (double) (share(STOP_PERCENT) - share(SLOW_PERCENT)) / HOUR;
    }

    private long share(int percent) {
        return limit / 100 * percent;
    }

    private void roll() {
        long hour = (time.nanoTime() - origin) / HOUR;
        for (long each = Math.max(newest + 1, hour - HOURS + 1); each <= hour; each++) {
            bytes[(int) (each % HOURS)] = 0;
        }
        newest = Math.max(newest, hour);
    }
}
