package dev.steadymail.testkit.proxy;

import java.util.TreeSet;

/** What the loop has to do later, by {@link System#nanoTime()}. Guarded by the loop's lock. */
final class Timers {

    private static final long NANOS_PER_MILLI = 1_000_000;

    private final TreeSet<Timer> timers = new TreeSet<>();
    private long made;

    /** Has something done at a time, or as soon as the loop gets to it after that; never before. */
    Timer at(long nanos, Runnable action) {
        Timer timer = new Timer(nanos, made++, action);
        timers.add(timer);
        return timer;
    }

    void cancel(Timer timer) {
        timers.remove(timer);
    }

    void runDue() {
        while (!timers.isEmpty() && timers.first().nanos() - System.nanoTime() <= 0) {
            timers.pollFirst().action().run();
        }
    }

    /** Returns how long a selector may wait, rounded up to milliseconds; 0 if there is nothing to wait for, as selectors have it. */
    long selectMillis() {
        if (timers.isEmpty()) {
            return 0;
        }
        long left = timers.first().nanos() - System.nanoTime();
        return Math.max(1, (left + NANOS_PER_MILLI - 1) / NANOS_PER_MILLI);
    }

    /** An appointment; the number tells those at the same time apart. */
    record Timer(long nanos, long number, Runnable action) implements Comparable<Timer> {
        @Override
        public int compareTo(Timer other) {
            // Times of nanoTime() may be compared by their difference only.
            int order = Long.signum(nanos - other.nanos);
            return order != 0 ? order : Long.compare(number, other.number);
        }
    }
}
