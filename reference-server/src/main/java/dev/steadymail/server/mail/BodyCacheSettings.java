package dev.steadymail.server.mail;

import dev.steadymail.server.folder.StartException;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How content that was read is kept, {@code steadymail.cache.*}.
 *
 * @param ttl how long parts of emails lie in the database after they were read; 0 for not at all, 1 day at most, 5 minutes by default
 */
@ConfigurationProperties("steadymail.cache")
record BodyCacheSettings(@DefaultValue("5m") Duration ttl) {
    private static final Duration LONGEST = Duration.ofDays(1);

    BodyCacheSettings {
        if (ttl.isNegative() || ttl.compareTo(LONGEST) > 0) {
            throw StartException.usage(
                    "steadymail.cache.ttl must be between 0s and 1d, was " + ttl + "; correct it, or unset it for 5m");
        }
    }
}
