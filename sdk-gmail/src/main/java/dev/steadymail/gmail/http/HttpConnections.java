package dev.steadymail.gmail.http;

import java.net.Proxy;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import okhttp3.Call;
import okhttp3.ConnectionPool;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;

/**
 * A pool of HTTP/1.1 connections to one place. Requests run on the thread that sends them, so there are no threads to end except
 * OkHttp's shared daemons. No request is repeated and no redirect followed: both are for whoever knows what the request does.
 * Thread-safe.
 */
public final class HttpConnections implements AutoCloseable {
    private static final Duration IDLE = Duration.ofMinutes(4);

    private final OkHttpClient client;

    private HttpConnections(OkHttpClient client) {
        this.client = client;
    }

    /**
     * Makes a pool; does no I/O.
     *
     * @param target where requests go; with http, only loopback addresses are connected to and no proxy is used
     * @param maxIdle connections kept open for {@code 4} minutes after use, 0 or more
     * @param octets hears how many octets passed a socket, both ways, TLS records included; called from several threads
     */
    public static HttpConnections to(URI target, HttpTimeouts timeouts, int maxIdle, LongConsumer octets) {
        OkHttpClient.Builder builder = new OkHttpClient.Builder()
                .connectTimeout(timeouts.connect())
                .readTimeout(timeouts.read())
                .writeTimeout(timeouts.write())
                .callTimeout(Duration.ZERO)
                .protocols(List.of(Protocol.HTTP_1_1))
                .retryOnConnectionFailure(false)
                .followRedirects(false)
                .followSslRedirects(false)
                .connectionPool(new ConnectionPool(maxIdle, IDLE.toSeconds(), TimeUnit.SECONDS))
                .socketFactory(new MeteredSockets(octets));
        if (Loopback.isPlain(target)) {
            builder.dns(Loopback.DNS).proxy(Proxy.NO_PROXY);
        }
        return new HttpConnections(builder.build());
    }

    /**
     * Returns a transport for Google's client.
     *
     * @param started hears of each call before it is sent, so that it can be counted and cancelled
     * @param maxOctets the most octets that a decoded answer may have; more ends with {@link ResponseTooLargeException}
     */
    public OkHttpTransport transport(Consumer<Call> started, long maxOctets) {
        return new OkHttpTransport(client, started, maxOctets);
    }

    /** Returns the factory of plain calls, for what Google's client does not cover. */
    public Call.Factory calls() {
        return client;
    }

    /** Breaks running calls and closes idle connections. Harmless when repeated. */
    @Override
    public void close() {
        client.dispatcher().cancelAll();
        client.connectionPool().evictAll();
    }
}
