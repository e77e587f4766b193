package dev.steadymail.observability.log;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** How many lines may be written in a minute. Thread-safe. */
final class LineLimit {
    static final int MOST = 20;
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private @Nullable Instant began;
    private int written;

    synchronized boolean allows(Instant now) {
        Instant since = began;
        if (since == null || now.isBefore(since) || !now.isBefore(since.plus(MINUTE))) {
            began = now;
            written = 0;
        }
        written++;
        return written <= MOST;
    }
}
