package dev.steadymail.imap.wire;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Where to connect, and how long that may take. Immutable.
 *
 * @param host the name that the certificate must be made for
 * @param addresses at least one, all of them with the port
 * @param implicitTls whether TLS comes first
 * @param trust whose certificates are trusted
 * @param connect the limit for all addresses together
 * @param handshake the limit of the TLS handshake
 * @param greeting the limit of the greeting
 * @param proxy the way there, null for none; its part is within the limit for connecting
 */
public record Endpoint(
        String host,
        List<InetSocketAddress> addresses,
        boolean implicitTls,
        @Nullable SSLContext trust,
        Duration connect,
        Duration handshake,
        Duration greeting,
        @Nullable ProxyRoute proxy) {
    /** Copies the addresses. */
    public Endpoint {
        addresses = List.copyOf(addresses);
    }

    /** Returns an endpoint that is reached without a proxy. */
    public Endpoint(
            String host,
            List<InetSocketAddress> addresses,
            boolean implicitTls,
            @Nullable SSLContext trust,
            Duration connect,
            Duration handshake,
            Duration greeting) {
        this(host, addresses, implicitTls, trust, connect, handshake, greeting, null);
    }
}
