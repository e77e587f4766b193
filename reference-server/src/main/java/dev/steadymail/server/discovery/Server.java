package dev.steadymail.server.discovery;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/**
 * A place that speaks IMAP or takes mail.
 *
 * @param host a name in lower case
 * @param port 1 to 65,535
 */
record Server(String host, int port, Protection protection) {
    /** How TLS begins. There is no third way: what cannot be protected is not offered. */
    enum Protection {
        /** From the first octet. */
        TLS,
        /** After a command. */
        STARTTLS;

        @JsonValue
        String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
