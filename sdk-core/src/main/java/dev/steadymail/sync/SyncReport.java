package dev.steadymail.sync;

import dev.steadymail.provider.ChangePage.Mode;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * What a run of a sync did so far.
 *
 * @param mode how changes were found; the most thorough mode wins
 * @param created emails added
 * @param updated emails whose mailboxes, keywords or id changed
 * @param destroyed emails dropped
 * @param recovered how many of those changes were found by comparing
 * @param parked emails that wait to be read
 * @param mailboxes mailboxes known
 * @param looked emails looked at of {@code expected}
 * @param expected emails this run expects to look at; -1 where it cannot be told
 * @param elapsed how long the run has taken
 * @param gap the gap that the run has closed, or is closing; null where there was none
 */
public record SyncReport(
        Mode mode,
        long created,
        long updated,
        long destroyed,
        long recovered,
        long parked,
        long mailboxes,
        long looked,
        long expected,
        Duration elapsed,
        @Nullable GapReport gap) {
    private static final double NANOS = 1e9;

    /** A run that has done nothing yet. */
    public static final SyncReport NOTHING =
            new SyncReport(Mode.INCREMENTAL, 0, 0, 0, 0, 0, 0, 0, -1, Duration.ZERO, null);

    /** Returns emails looked at in a second, over the whole run; empty before the first. */
    public OptionalDouble rate() {
        return looked > 0 && !elapsed.isZero()
                ? OptionalDouble.of(looked * NANOS / elapsed.toNanos())
                : OptionalDouble.empty();
    }

    /** Returns how long the run will still take at the rate so far; empty where that cannot be told. */
    public Optional<Duration> remaining() {
        OptionalDouble rate = rate();
        if (expected < 0 || rate.isEmpty()) {
            return Optional.empty();
        }
        double seconds = Math.max(0, expected - looked) / rate.getAsDouble();
        return Optional.of(Duration.ofMillis((long) (seconds * 1_000)));
    }
}
