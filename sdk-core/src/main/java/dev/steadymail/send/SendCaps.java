package dev.steadymail.send;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How many messages an account sends at most: providers stop accounts that send more than they like, for a day or for good. What is
 * above waits. Counted are messages that left, within sliding windows.
 *
 * @param perHour most in an hour, 1 to 1,000,000
 * @param perDay most in 24 hours, 1 to 1,000,000
 * @param spacing least time between two
 */
public record SendCaps(int perHour, int perDay, Duration spacing) {
    private static final int MOST = 1_000_000;

    /** No caps of our own. */
    public static final SendCaps NONE = new SendCaps(MOST, MOST, Duration.ZERO);
    /** What Google lets a consumer account send in a day: 500. */
    public static final SendCaps GMAIL = new SendCaps(MOST, 500, Duration.ZERO);
    /** What Google lets a Workspace account send in a day: 2,000. */
    public static final SendCaps WORKSPACE = new SendCaps(MOST, 2_000, Duration.ZERO);

    public SendCaps {
        if (perHour < 1 || perHour > MOST || perDay < 1 || perDay > MOST || spacing.isNegative()) {
            throw new IllegalArgumentException("caps must be 1 to 1,000,000 messages, spacing not negative");
        }
    }

    /** Returns the earliest instant at which another message may leave, which may have passed. */
    Instant nextAt(OutboxStore store, Instant now) {
        return Stream.of(
                        after(store, perHour, Duration.ofHours(1), now),
                        after(store, perDay, Duration.ofHours(24), now),
                        spacing.isZero() ? Optional.<Instant>empty() : after(store, 1, spacing, now))
                .flatMap(Optional::stream)
                .max(Instant::compareTo)
                .orElse(Instant.MIN);
    }

    /** What left in the future left while the clock was wrong. */
    private static Optional<Instant> after(OutboxStore store, int nth, Duration window, Instant now) {
        return nth == MOST
                ? Optional.empty()
                : store.left(nth).map(left -> (left.isAfter(now) ? now : left).plus(window));
    }
}
