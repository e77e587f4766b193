package dev.steadymail.server.changes;

import dev.steadymail.server.folder.StartException;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How changes are made, {@code steadymail.changes.*}.
 *
 * @param deadline how long a change may take, and a bulk change in all; 1 second to 2 minutes, 30 seconds by default
 * @param workers accounts changed at the same time by bulk changes, 1 to 100; 8 by default
 */
@ConfigurationProperties("steadymail.changes")
record ChangeSettings(
        @DefaultValue("30s") Duration deadline,
        @DefaultValue("8") int workers) {
    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofMinutes(2);
    private static final int MOST_WORKERS = 100;

    ChangeSettings {
        if (deadline.compareTo(SHORTEST) < 0 || deadline.compareTo(LONGEST) > 0) {
            throw StartException.usage("steadymail.changes.deadline must be between 1s and 2m, was " + deadline
                    + "; correct it, or unset it for 30s");
        }
        if (workers < 1 || workers > MOST_WORKERS) {
            throw StartException.usage("steadymail.changes.workers must be between 1 and 100, was " + workers
                    + "; correct it, or unset it for 8");
        }
    }
}
