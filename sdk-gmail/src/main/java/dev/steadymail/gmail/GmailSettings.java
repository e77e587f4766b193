package dev.steadymail.gmail;

import dev.steadymail.gmail.http.HttpTimeouts;
import java.time.Duration;

/**
 * Limits of one Gmail account. Immutable.
 *
 * @param timeouts limits of single steps on a connection
 * @param requestTimeout the longest that one attempt of an ordinary request may take, positive
 * @param downloadTimeout the longest that one attempt to read a whole message or attachment may take, positive
 * @param maxInFlight requests at once for this account, 1 to 20
 * @param maxResponseBytes the most octets a decoded answer may have, at least 65,536; a raw message comes as base64 in JSON, so
 *     allow 4/3 of the largest message
 */
public record GmailSettings(
        HttpTimeouts timeouts,
        Duration requestTimeout,
        Duration downloadTimeout,
        int maxInFlight,
        long maxResponseBytes) {
    private static final int MOST_IN_FLIGHT = 20;
    private static final long LEAST_RESPONSE_BYTES = 1 << 16;

    /** One attempt up to 60 seconds, 5 minutes for downloads; 3 requests at once; answers up to 150 MiB. */
    public static final GmailSettings DEFAULT =
            new GmailSettings(HttpTimeouts.DEFAULT, Duration.ofSeconds(60), Duration.ofMinutes(5), 3, 150L << 20);

    public GmailSettings {
        requirePositive("requestTimeout", requestTimeout);
        requirePositive("downloadTimeout", downloadTimeout);
        if (maxInFlight < 1 || maxInFlight > MOST_IN_FLIGHT) {
            throw new IllegalArgumentException(
                    "maxInFlight must be between 1 and " + MOST_IN_FLIGHT + ", was " + maxInFlight);
        }
        if (maxResponseBytes < LEAST_RESPONSE_BYTES) {
            throw new IllegalArgumentException(
                    "maxResponseBytes must be at least " + LEAST_RESPONSE_BYTES + ", was " + maxResponseBytes);
        }
    }

    public GmailSettings withTimeouts(HttpTimeouts timeouts) {
        return new GmailSettings(timeouts, requestTimeout, downloadTimeout, maxInFlight, maxResponseBytes);
    }

    public GmailSettings withRequestTimeout(Duration requestTimeout) {
        return new GmailSettings(timeouts, requestTimeout, downloadTimeout, maxInFlight, maxResponseBytes);
    }

    public GmailSettings withDownloadTimeout(Duration downloadTimeout) {
        return new GmailSettings(timeouts, requestTimeout, downloadTimeout, maxInFlight, maxResponseBytes);
    }

    public GmailSettings withMaxInFlight(int maxInFlight) {
        return new GmailSettings(timeouts, requestTimeout, downloadTimeout, maxInFlight, maxResponseBytes);
    }

    public GmailSettings withMaxResponseBytes(long maxResponseBytes) {
        return new GmailSettings(timeouts, requestTimeout, downloadTimeout, maxInFlight, maxResponseBytes);
    }

    private static void requirePositive(String name, Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException(name + " must be positive, was " + value);
        }
    }
}
