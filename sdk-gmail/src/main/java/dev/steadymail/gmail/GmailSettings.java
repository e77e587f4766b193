package dev.steadymail.gmail;

import dev.steadymail.gmail.http.HttpTimeouts;
import java.time.Duration;

/**
 * Limits of one Gmail account's requests. How many of them go out, and how long a small one may take, is the guard's to say: see
 * {@link GmailAccount#guarded}. Immutable.
 *
 * @param timeouts limits of single steps on a connection
 * @param listTimeout the longest that one attempt to list messages, history or a thread, or to change
 *     many messages, may take; positive
 * @param downloadTimeout the longest that one attempt to read a whole message or attachment may take, positive
 * @param maxResponseBytes the most octets a decoded answer may have, at least 65,536; a raw message comes as base64 in JSON, so
 *     allow 4/3 of the largest message
 * @param uploads what goes in one request and what in pieces
 */
public record GmailSettings(
        HttpTimeouts timeouts,
        Duration listTimeout,
        Duration downloadTimeout,
        long maxResponseBytes,
        UploadSettings uploads) {
    private static final long LEAST_RESPONSE_BYTES = 1 << 16;

    /** One attempt up to 30 seconds for lists, 5 minutes for downloads; answers up to 150 MiB; uploads in pieces above 5 MiB. */
    public static final GmailSettings DEFAULT = new GmailSettings(
            HttpTimeouts.DEFAULT, Duration.ofSeconds(30), Duration.ofMinutes(5), 150L << 20, UploadSettings.DEFAULT);

    public GmailSettings {
        requirePositive("listTimeout", listTimeout);
        requirePositive("downloadTimeout", downloadTimeout);
        if (maxResponseBytes < LEAST_RESPONSE_BYTES) {
            throw new IllegalArgumentException(
                    "maxResponseBytes must be at least " + LEAST_RESPONSE_BYTES + ", was " + maxResponseBytes);
        }
    }

    public GmailSettings withTimeouts(HttpTimeouts timeouts) {
        return new GmailSettings(timeouts, listTimeout, downloadTimeout, maxResponseBytes, uploads);
    }

    public GmailSettings withListTimeout(Duration listTimeout) {
        return new GmailSettings(timeouts, listTimeout, downloadTimeout, maxResponseBytes, uploads);
    }

    public GmailSettings withDownloadTimeout(Duration downloadTimeout) {
        return new GmailSettings(timeouts, listTimeout, downloadTimeout, maxResponseBytes, uploads);
    }

    public GmailSettings withMaxResponseBytes(long maxResponseBytes) {
        return new GmailSettings(timeouts, listTimeout, downloadTimeout, maxResponseBytes, uploads);
    }

    public GmailSettings withUploads(UploadSettings uploads) {
        return new GmailSettings(timeouts, listTimeout, downloadTimeout, maxResponseBytes, uploads);
    }

    private static void requirePositive(String name, Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException(name + " must be positive, was " + value);
        }
    }
}
