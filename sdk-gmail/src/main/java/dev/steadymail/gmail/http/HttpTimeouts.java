package dev.steadymail.gmail.http;

import java.time.Duration;

/**
 * How long single steps on a connection may take.
 *
 * @param connect until TCP stands, for each address that is tried, positive
 * @param read the longest silence while waiting for octets, in the handshake of TLS too, positive
 * @param write the longest stall while sending, positive
 */
public record HttpTimeouts(Duration connect, Duration read, Duration write) {
    /** 10, 30 and 30 seconds. */
    public static final HttpTimeouts DEFAULT =
            new HttpTimeouts(Duration.ofSeconds(10), Duration.ofSeconds(30), Duration.ofSeconds(30));

    public HttpTimeouts {
        requirePositive("connect", connect);
        requirePositive("read", read);
        requirePositive("write", write);
    }

    private static void requirePositive(String name, Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException(name + " timeout must be positive, was " + value);
        }
    }
}
