package dev.steadymail.server.tenants;

import dev.steadymail.server.folder.StartException;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the database is looked after, {@code steadymail.database.*}.
 *
 * @param slowQuery statements that take longer are logged; 1 millisecond to 1 hour, 100 milliseconds by default
 */
@ConfigurationProperties("steadymail.database")
record DatabaseSettings(@DefaultValue("100ms") Duration slowQuery) {
    private static final Duration LEAST = Duration.ofMillis(1);
    private static final Duration MOST = Duration.ofHours(1);

    DatabaseSettings {
        if (slowQuery.compareTo(LEAST) < 0 || slowQuery.compareTo(MOST) > 0) {
            throw StartException.usage("steadymail.database.slow-query must be between 1ms and 1h, was " + slowQuery
                    + "; correct it, or unset it for 100ms");
        }
    }
}
