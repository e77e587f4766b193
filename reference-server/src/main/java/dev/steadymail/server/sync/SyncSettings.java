package dev.steadymail.server.sync;

import dev.steadymail.server.folder.StartException;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How accounts are kept up to date, {@code steadymail.sync.*}.
 *
 * @param interval the longest time from one look at an account to the next while both succeed; 1 second to 1 day, 60 seconds by
 *     default
 * @param workers accounts synced at the same time, 1 to 1,000; 10 by default
 */
@ConfigurationProperties("steadymail.sync")
record SyncSettings(
        @DefaultValue("60s") Duration interval,
        @DefaultValue("10") int workers) {
    private static final Duration MIN_INTERVAL = Duration.ofSeconds(1);
    private static final Duration MAX_INTERVAL = Duration.ofDays(1);
    private static final int MAX_WORKERS = 1_000;

    SyncSettings {
        if (interval.compareTo(MIN_INTERVAL) < 0 || interval.compareTo(MAX_INTERVAL) > 0) {
            throw StartException.usage("steadymail.sync.interval must be between 1s and 1d, was " + interval
                    + "; correct it, or unset it for 60s");
        }
        if (workers < 1 || workers > MAX_WORKERS) {
            throw StartException.usage("steadymail.sync.workers must be between 1 and 1000, was " + workers
                    + "; correct it, or unset it for 10");
        }
    }
}
