package dev.steadymail.testkit.simulation;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** Where a monotonic ticker starts: {@link System#nanoTime} promises nothing about it, and neither does a simulation. */
final class TickerOrigin {
    private static final long SOON = Duration.ofMinutes(30).toNanos();

    private TickerOrigin() {}

    static long of(RandomGenerator choices) {
        return switch (choices.nextInt(4)) {
            case 0 -> 0;
            case 1 -> Long.MAX_VALUE - choices.nextLong(SOON);
            case 2 -> -choices.nextLong(SOON);
            default -> choices.nextLong();
        };
    }
}
