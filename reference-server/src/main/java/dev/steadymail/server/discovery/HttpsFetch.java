package dev.steadymail.server.discovery;

import dev.steadymail.provider.HostResolver;
import dev.steadymail.time.Deadline;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.SocketFactory;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * Reads small documents from sites that strangers name. The host's addresses are checked and one of just these is connected to; nothing but
 * https with the site's own certificate is spoken; three redirects are followed, each checked in the same way. Thread-safe.
 */
final class HttpsFetch {
    private static final int HTTPS = 443;
    private static final int MOST_REDIRECTS = 3;

    private final HostResolver hosts;
    private final SocketFactory sockets;
    private final SSLSocketFactory tls;
    private final int port;

    /** Fetches from the usual port. */
    HttpsFetch(HostResolver hosts, SocketFactory sockets, SSLSocketFactory tls) {
        this(hosts, sockets, tls, HTTPS);
    }

    /**
     * Takes who makes connections.
     *
     * @param hosts decides where they may go
     * @param port to connect to for every https URL that names none
     */
    HttpsFetch(HostResolver hosts, SocketFactory sockets, SSLSocketFactory tls, int port) {
        this.hosts = hosts;
        this.sockets = sockets;
        this.tls = tls;
        this.port = port;
    }

    /**
     * Returns the document.
     *
     * @throws IOException where there is none, it is longer than 64 KiB, it takes too long, or a rule is broken on the way
     */
    byte[] get(URI url, Deadline deadline) throws IOException {
        URI place = url;
        for (int redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
            requireHttps(place);
            HttpAnswer answer = ask(place, deadline);
            Optional<String> elsewhere = answer.location();
            if (elsewhere.isEmpty()) {
                return answer.document();
            }
            place = resolved(place, elsewhere.get());
        }
        throw new IOException("more than " + MOST_REDIRECTS + " redirects");
    }

    private static void requireHttps(URI url) throws IOException {
        boolean isUsual = url.getPort() < 0 || url.getPort() == HTTPS;
        if (!"https".equalsIgnoreCase(url.getScheme())
                || url.getHost() == null
                || url.getRawUserInfo() != null
                || !isUsual) {
            throw new IOException("not an https URL at the usual port");
        }
    }

    private static URI resolved(URI base, String location) throws IOException {
        try {
            return base.resolve(location);
        } catch (IllegalArgumentException malformed) {
            throw new IOException("a redirect to no URL", malformed);
        }
    }

    private HttpAnswer ask(URI url, Deadline deadline) throws IOException {
        InetAddress address = hosts.resolve(url.getHost()).get(0);
        try (Socket plain = sockets.createSocket()) {
            CompletableFuture<Void> end = closingAt(deadline, plain);
            try {
                plain.connect(new InetSocketAddress(address, port), HttpAnswer.millis(deadline));
                plain.setSoTimeout(HttpAnswer.millis(deadline));
                return ask(url, plain, deadline);
            } finally {
                end.cancel(false);
            }
        }
    }

    private HttpAnswer ask(URI url, Socket plain, Deadline deadline) throws IOException {
        try (SSLSocket secure = (SSLSocket) tls.createSocket(plain, url.getHost(), port, true)) {
            SSLParameters parameters = secure.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            parameters.setProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
            secure.setSSLParameters(parameters);
            secure.startHandshake();
            secure.getOutputStream().write(request(url).getBytes(StandardCharsets.US_ASCII));
            return HttpAnswer.read(secure, deadline);
        }
    }

    /** A handshake reads many times, and a site that sends an octet now and then would be waited for each time anew. */
    private static CompletableFuture<Void> closingAt(Deadline deadline, Socket socket) {
        long nanos = Math.max(0, deadline.remaining().toNanos());
        return CompletableFuture.runAsync(
                () -> closeQuietly(socket), CompletableFuture.delayedExecutor(nanos, TimeUnit.NANOSECONDS));
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException alreadyGone) {
            // Closing is all that was wanted.
        }
    }

    /** Of version 1.0, so that the answer comes in one piece and the connection ends with it (RFC 9112 section 6.3). */
    private static String request(URI url) {
        String path = url.getRawPath().isEmpty() ? "/" : url.getRawPath();
        String query = url.getRawQuery() == null ? "" : "?" + url.getRawQuery();
        return String.join(
                "\r\n",
                "GET " + path + query + " HTTP/1.0",
                "Host: " + url.getHost(),
                "Accept: text/xml, application/xml",
                "User-Agent: steadymail",
                "Connection: close",
                "",
                "");
    }
}
