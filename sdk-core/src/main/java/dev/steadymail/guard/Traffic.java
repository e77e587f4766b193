package dev.steadymail.guard;

import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;

/** What one account has cost so far. Thread-safe; readings of several counters are not one moment. */
public final class Traffic {
    private final LongAdder requests = new LongAdder();
    private final LongAdder retries = new LongAdder();
    private final LongAdder bytes = new LongAdder();
    private final LongAdder throttledNanos = new LongAdder();

    /** Starts at zero. */
    public Traffic() {}

    /** Counts requests as the provider counts them: IMAP commands, HTTP requests, parts of a batch. */
    public void countRequests(long count) {
        requests.add(count);
    }

    /** Counts octets of the application protocol, both ways. */
    public void countBytes(long count) {
        bytes.add(count);
    }

    void countRetry() {
        retries.increment();
    }

    void countThrottled(Duration time) {
        throttledNanos.add(time.toNanos());
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

    /** Returns the wall-clock time covered by waits that the provider asked for, overlaps counted once. */
    public Duration throttled() {
        return Duration.ofNanos(throttledNanos.sum());
    }
}
