package dev.steadymail.testkit.simulation;

import java.time.Duration;

/** Arithmetic on nanoseconds since a simulation began. */
final class VirtualNanos {
    /** A century is for ever here, and twice that still fits. */
    private static final Duration LONGEST = Duration.ofDays(36_500);

    private VirtualNanos() {}

    static long add(long nanos, Duration delay) {
        if (delay.isNegative()) {
            return nanos;
        }
        Duration wait = delay.compareTo(LONGEST) > 0 ? LONGEST : delay;
        return Math.addExact(nanos, wait.toNanos());
    }
}
