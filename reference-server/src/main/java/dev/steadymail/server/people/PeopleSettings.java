package dev.steadymail.server.people;

import dev.steadymail.server.folder.StartException;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How people come in, {@code steadymail.people.*}.
 *
 * @param registration whether whoever reaches the server may found an organisation; otherwise people come by invitation alone
 * @param accessTokenLife how long an access token is good, 1 minute to 1 hour; 15 minutes by default
 * @param sessionLife how long a device stays logged in without being used, 1 hour to 90 days; 7 days by default
 * @param failedLogins how many failed logins in a row lock an address out, 3 to 100; 5 by default
 * @param lockOut for how long at first, doubled with each further failure up to 64 times; 1 second to 1 hour, 1 minute by default
 */
@ConfigurationProperties("steadymail.people")
record PeopleSettings(
        @DefaultValue("true") boolean registration,
        @DefaultValue("15m") Duration accessTokenLife,
        @DefaultValue("7d") Duration sessionLife,
        @DefaultValue("5") int failedLogins,
        @DefaultValue("1m") Duration lockOut) {
    PeopleSettings {
        within("access-token-life", accessTokenLife, Duration.ofMinutes(1), Duration.ofHours(1));
        within("session-life", sessionLife, Duration.ofHours(1), Duration.ofDays(90));
        within("lock-out", lockOut, Duration.ofSeconds(1), Duration.ofHours(1));
        if (failedLogins < 3 || failedLogins > 100) {
            throw StartException.usage("steadymail.people.failed-logins must be between 3 and 100, was " + failedLogins
                    + "; correct it, or unset it for 5");
        }
    }

    private static void within(String name, Duration value, Duration least, Duration most) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw StartException.usage("steadymail.people." + name + " must be between " + least + " and " + most
                    + ", was " + value + "; correct it, or unset it for the default");
        }
    }
}
