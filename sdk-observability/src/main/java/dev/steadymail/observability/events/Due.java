package dev.steadymail.observability.events;

import dev.steadymail.time.TimeSource;
import java.util.concurrent.atomic.AtomicLong;

/** When the events that wait are to go: where they fill a batch, where the first of them is old, or where somebody flushes. Thread-safe. */
final class Due {
    private final EventRing ring;
    private final TimeSource time;
    private final int maxBatch;
    private final long maxAgeNanos;
    private final AtomicLong flushTo = new AtomicLong();
    private volatile long at;

    Due(EventRing ring, TimeSource time, BatcherSettings settings) {
        this.ring = ring;
        this.time = time;
        this.maxBatch = settings.maxBatch();
        this.maxAgeNanos = settings.maxAge().toNanos();
    }

    /** The first event came; answers how long until it is due. */
    long begin() {
        at = time.nanoTime() + maxAgeNanos;
        return maxAgeNanos;
    }

    /** Everything before a position is due. */
    void flush(long position) {
        var unused = flushTo.accumulateAndGet(position, Math::max);
    }

    /** Returns whether a batch is full at a position that was just filled. */
    boolean isFull(long position) {
        return position + 1 - ring.head() >= maxBatch;
    }

    boolean isNow() {
        long waiting = ring.size();
        return waiting > 0 && (waiting >= maxBatch || untilNanos() <= 0 || ring.head() < flushTo.get());
    }

    /** Returns how long until the first event that waits is old. */
    long untilNanos() {
        return at - time.nanoTime();
    }

    /** A batch was taken: what is left came later where it was no more than a batch, and else may be as old as it was. */
    void taken(long waitingBefore) {
        if (waitingBefore <= maxBatch) {
            var unused = begin();
        }
    }
}
