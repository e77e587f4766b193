package dev.steadymail.observability.events;

import dev.steadymail.observability.export.EventBatch;
import java.time.Duration;

/**
 * How many events wait, and when they go. Immutable.
 *
 * @param capacity how many events may wait, 1 to 1,000,000
 * @param overflow which event is dropped where there is no room
 * @param maxBatch a batch goes out when so many wait, 1 to 100
 * @param maxAge a batch goes out so long after its first event came, 10 milliseconds to an hour
 * @param share the share of events of requests and caches that is kept, 0 to 1; failed ones and all other events are always kept
 * @param maxTries how often a batch is tried before it is spilled, or given up where there is no spill, 1 to 1,000
 * @param closeWithin how long {@link EventBatcher#close()} may take to send what waits, zero to a minute
 */
public record BatcherSettings(
        int capacity,
        Overflow overflow,
        int maxBatch,
        Duration maxAge,
        double share,
        int maxTries,
        Duration closeWithin) {
    private static final int MOST_WAITING = 1_000_000;
    private static final int MOST_TRIES = 1_000;
    private static final Duration SHORTEST_AGE = Duration.ofMillis(10);
    private static final Duration LONGEST_AGE = Duration.ofHours(1);
    private static final Duration LONGEST_CLOSE = Duration.ofMinutes(1);

    /** 10,000 events, the oldest dropped; batches of 100 or after 5 seconds; all events kept; 8 tries; 5 seconds to close. */
    public static final BatcherSettings DEFAULT = new BatcherSettings(
            10_000, Overflow.DROP_OLDEST, EventBatch.MOST_EVENTS, Duration.ofSeconds(5), 1, 8, Duration.ofSeconds(5));

    public BatcherSettings {
        within("capacity", capacity, MOST_WAITING);
        within("maxBatch", maxBatch, EventBatch.MOST_EVENTS);
        within("maxTries", maxTries, MOST_TRIES);
        within("maxAge", maxAge, SHORTEST_AGE, LONGEST_AGE);
        within("closeWithin", closeWithin, Duration.ZERO, LONGEST_CLOSE);
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException("share must be between 0 and 1, was " + share);
        }
    }

    private static void within(String name, int value, int most) {
        if (value < 1 || value > most) {
            throw new IllegalArgumentException(name + " must be between 1 and " + most + ", was " + value);
        }
    }

    private static void within(String name, Duration value, Duration least, Duration most) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw new IllegalArgumentException(name + " must be between " + least + " and " + most + ", was " + value);
        }
    }

    /** Returns these settings with room for another number of events, and what is dropped where there is none. */
    public BatcherSettings withCapacity(int capacity, Overflow overflow) {
        return new BatcherSettings(capacity, overflow, maxBatch, maxAge, share, maxTries, closeWithin);
    }

    /** Returns these settings with other bounds of a batch. */
    public BatcherSettings withBatch(int maxBatch, Duration maxAge) {
        return new BatcherSettings(capacity, overflow, maxBatch, maxAge, share, maxTries, closeWithin);
    }

    /** Returns these settings with another share of the events of requests and caches. */
    public BatcherSettings withShare(double share) {
        return new BatcherSettings(capacity, overflow, maxBatch, maxAge, share, maxTries, closeWithin);
    }

    /** Returns these settings with another number of tries. */
    public BatcherSettings withMaxTries(int maxTries) {
        return new BatcherSettings(capacity, overflow, maxBatch, maxAge, share, maxTries, closeWithin);
    }

    /** Returns these settings with another time to close in. */
    public BatcherSettings withCloseWithin(Duration closeWithin) {
        return new BatcherSettings(capacity, overflow, maxBatch, maxAge, share, maxTries, closeWithin);
    }
}
