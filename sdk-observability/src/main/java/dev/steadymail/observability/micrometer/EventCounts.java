package dev.steadymail.observability.micrometer;

import dev.steadymail.observability.events.BatcherStatistics;
import dev.steadymail.observability.events.EventBatcher;
import java.util.function.LongSupplier;

/**
 * How to read what became of the events that were handed to something that sends them elsewhere. Each is asked when metrics are
 * read, and only ever grows.
 *
 * @param offered events that came
 * @param sent those that the receiver took
 * @param refused those that it will never take
 * @param dropped those that were lost for want of room, or were given up
 */
public record EventCounts(LongSupplier offered, LongSupplier sent, LongSupplier refused, LongSupplier dropped) {
    /** Nothing is sent anywhere: all stay zero. */
    public static final EventCounts NONE = new EventCounts(() -> 0, () -> 0, () -> 0, () -> 0);

    /** Returns how to read a batcher: from memory and from disk together. */
    public static EventCounts of(EventBatcher batcher) {
        return new EventCounts(
                () -> batcher.statistics().offered(),
                () -> sent(batcher.statistics()),
                () -> refused(batcher.statistics()),
                () -> dropped(batcher.statistics()));
    }

    private static long sent(BatcherStatistics counted) {
        return counted.sent() + counted.spill().sent();
    }

    private static long refused(BatcherStatistics counted) {
        return counted.refused() + counted.spill().refused();
    }

    private static long dropped(BatcherStatistics counted) {
        return counted.dropped().total() + counted.givenUp() + counted.spill().dropped();
    }
}
