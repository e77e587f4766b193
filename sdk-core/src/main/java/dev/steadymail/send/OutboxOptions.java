package dev.steadymail.send;

import java.time.Duration;
import java.util.List;

/**
 * How an {@link Outbox} works. Immutable; each method returns a changed copy.
 *
 * @param caps how many messages may leave
 * @param looks how long after its answer failed to come a message is looked for, rising; 2, 10 and 60 seconds by default
 * @param repeatsUnseen whether a message that was not found by the last look is sent again. Then it leaves at least once, and may come
 *     twice: the provider may show it later, or not at all, as most SMTP servers do. False by default
 * @param giveUpAfter how long after it was tried first a message that could not leave is REFUSED; 24 hours by
 *     default
 * @param sendTimeout how long an attempt may take; 5 minutes by default
 * @param keepFor how long settled entries stay, and with them their keys; at least 24 hours, 30 days by default
 * @param mostWaiting how many messages may wait, 1 to 1,000,000; 10,000 by default
 * @param listener who hears of every change
 */
public record OutboxOptions(
        SendCaps caps,
        List<Duration> looks,
        boolean repeatsUnseen,
        Duration giveUpAfter,
        Duration sendTimeout,
        Duration keepFor,
        int mostWaiting,
        OutboxListener listener) {
    private static final Duration SHORTEST_KEEPING = Duration.ofHours(24);
    private static final int MOST_WAITING = 1_000_000;

    /** At most once, no caps. */
    public static final OutboxOptions DEFAULT = new OutboxOptions(
            SendCaps.NONE,
            List.of(Duration.ofSeconds(2), Duration.ofSeconds(10), Duration.ofSeconds(60)),
            false,
            Duration.ofHours(24),
            Duration.ofMinutes(5),
            Duration.ofDays(30),
            10_000,
            entry -> {});

    public OutboxOptions {
        looks = List.copyOf(looks);
        if (looks.isEmpty()
                || !looks.equals(looks.stream().sorted().toList())
                || looks.get(0).isNegative()) {
            throw new IllegalArgumentException("looks must be at least one time after a message left, rising");
        }
        if (giveUpAfter.isNegative() || sendTimeout.isNegative() || sendTimeout.isZero()) {
            throw new IllegalArgumentException("giveUpAfter and sendTimeout must be positive");
        }
        if (keepFor.compareTo(SHORTEST_KEEPING) < 0) {
            throw new IllegalArgumentException("keepFor must be at least 24 hours, for a key is good for that long");
        }
        if (mostWaiting < 1 || mostWaiting > MOST_WAITING) {
            throw new IllegalArgumentException("mostWaiting must be between 1 and 1,000,000, was " + mostWaiting);
        }
    }

    public OutboxOptions withCaps(SendCaps caps) {
        return new OutboxOptions(caps, looks, repeatsUnseen, giveUpAfter, sendTimeout, keepFor, mostWaiting, listener);
    }

    public OutboxOptions withLooks(List<Duration> looks) {
        return new OutboxOptions(caps, looks, repeatsUnseen, giveUpAfter, sendTimeout, keepFor, mostWaiting, listener);
    }

    /** Sends again what was not found: at least once instead of at most once. */
    public OutboxOptions repeatingUnseen() {
        return new OutboxOptions(caps, looks, true, giveUpAfter, sendTimeout, keepFor, mostWaiting, listener);
    }

    public OutboxOptions withGiveUpAfter(Duration giveUpAfter) {
        return new OutboxOptions(caps, looks, repeatsUnseen, giveUpAfter, sendTimeout, keepFor, mostWaiting, listener);
    }

    public OutboxOptions withSendTimeout(Duration sendTimeout) {
        return new OutboxOptions(caps, looks, repeatsUnseen, giveUpAfter, sendTimeout, keepFor, mostWaiting, listener);
    }

    public OutboxOptions withKeepFor(Duration keepFor) {
        return new OutboxOptions(caps, looks, repeatsUnseen, giveUpAfter, sendTimeout, keepFor, mostWaiting, listener);
    }

    public OutboxOptions withMostWaiting(int mostWaiting) {
        return new OutboxOptions(caps, looks, repeatsUnseen, giveUpAfter, sendTimeout, keepFor, mostWaiting, listener);
    }

    public OutboxOptions withListener(OutboxListener listener) {
        return new OutboxOptions(caps, looks, repeatsUnseen, giveUpAfter, sendTimeout, keepFor, mostWaiting, listener);
    }

    /** An attempt that takes longer has ended with its process. */
    Duration lease() {
        return sendTimeout.plusMinutes(1);
    }
}
