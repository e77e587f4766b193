package dev.steadymail.server.accounts;

import dev.steadymail.server.folder.StartException;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where accounts may be, {@code steadymail.accounts.*}.
 *
 * @param allowedNetworks networks beside the public internet that accounts may be in, as 10.0.0.0/8; none by default
 * @param allowedPorts ports beside those of mail that accounts may be at; none by default
 * @param connectTimeout how long a server may take to accept the connection by which an account is checked, and how long every answer takes
 *     that none did; 100 ms to 10 s
 */
@ConfigurationProperties("steadymail.accounts")
record AccountSettings(
        @DefaultValue List<String> allowedNetworks,
        @DefaultValue List<Integer> allowedPorts,
        @DefaultValue("5s") Duration connectTimeout) {
    private static final Duration SHORTEST = Duration.ofMillis(100);
    private static final Duration LONGEST = Duration.ofSeconds(10);

    AccountSettings {
        if (connectTimeout.compareTo(SHORTEST) < 0 || connectTimeout.compareTo(LONGEST) > 0) {
            throw StartException.usage("steadymail.accounts.connect-timeout must be between 100ms and 10s, was "
                    + connectTimeout + "; correct it, or unset it for 5s");
        }
    }

    @Override
    public String toString() {
        return "AccountSettings[hidden]";
    }
}
