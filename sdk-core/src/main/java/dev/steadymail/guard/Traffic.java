package dev.steadymail.guard;

import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** What one account has cost so far. Thread-safe; readings of several counters are not one moment. */
public final class Traffic {
    private final LongAdder requests = new LongAdder();
    private final LongAdder retries = new LongAdder();
    private final LongAdder bytes = new LongAdder();
    private final LongSupplier nanos;
    private final @Nullable Traffic whole;
    private long throttledNanos;
    private long throttleStart;
    private long throttleEnd;

    /**
     * Starts at zero.
     *
     * @param nanos monotonic nanoseconds, for the time spent throttled
     */
    public Traffic(LongSupplier nanos) {
        this(nanos, null);
    }

    private Traffic(LongSupplier nanos, @Nullable Traffic whole) {
        this.nanos = nanos;
        this.whole = whole;
        this.throttleStart = nanos.getAsLong();
        this.throttleEnd = throttleStart;
    }

    /** Returns counters that start at zero; what they count is counted here as well, but not the time they spend throttled. */
    public Traffic part() {
        return new Traffic(nanos, this);
    }

    /** Counts requests as the provider counts them: IMAP commands, HTTP requests, parts of a batch. */
    public void countRequests(long count) {
        requests.add(count);
        if (whole != null) {
            whole.countRequests(count);
        }
    }

    /** Counts octets of the application protocol, both ways. */
    public void countBytes(long count) {
        bytes.add(count);
        if (whole != null) {
            whole.countBytes(count);
        }
    }

    void countRetry() {
        retries.increment();
        if (whole != null) {
            whole.countRetry();
        }
    }

    /** Notes that the account must be left alone from now on; what is covered already is not counted again. */
    synchronized void throttle(long from, long to) {
        if (from - throttleEnd > 0) {
            throttledNanos += throttleEnd - throttleStart;
            throttleStart = from;
        }
        throttleEnd = to;
    }

    public long requests() {
        return requests.sum();
    }

    public long retries() {
        return retries.sum();
    }

    public long bytes() {
        return bytes.sum();
    }

    /** Returns how much longer the provider wants the account left alone; zero where it does not. */
    public synchronized Duration throttleLeft() {
        return Duration.ofNanos(Math.max(0, throttleEnd - nanos.getAsLong()));
    }

    /** Returns the time so far that was covered by waits that the provider asked for, overlaps counted once. */
    public synchronized Duration throttled() {
        long now = nanos.getAsLong();
        long end = now - throttleEnd < 0 ? now : throttleEnd;
        return Duration.ofNanos(throttledNanos + Math.max(0, end - throttleStart));
    }
}
