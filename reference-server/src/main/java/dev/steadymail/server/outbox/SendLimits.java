package dev.steadymail.server.outbox;

import dev.steadymail.server.folder.StartException;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How much an organisation may send, {@code steadymail.limits.*}.
 *
 * @param sendsPerHour emails accepted in any 60 minutes, all accounts of an organisation together, 1 to 1,000,000; 500 by default
 * @param recipientsPerMessage addresses of one email, 1 to 10,000; 100 by default
 */
@ConfigurationProperties("steadymail.limits")
record SendLimits(
        @DefaultValue("500") int sendsPerHour,
        @DefaultValue("100") int recipientsPerMessage) {
    private static final int MOST_SENDS = 1_000_000;
    private static final int MOST_RECIPIENTS = 10_000;

    SendLimits {
        require("sends-per-hour", sendsPerHour, MOST_SENDS, 500);
        require("recipients-per-message", recipientsPerMessage, MOST_RECIPIENTS, 100);
    }

    private static void require(String name, int value, int most, int usual) {
        if (value < 1 || value > most) {
            throw StartException.usage("steadymail.limits." + name + " must be between 1 and " + most + ", was " + value
                    + "; correct it, or unset it for " + usual);
        }
    }
}
