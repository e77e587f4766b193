package dev.steadymail.gmail.http;

import dev.steadymail.provider.HostResolver;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import okhttp3.Call;
import okhttp3.ConnectionPool;
import okhttp3.EventListener;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Response;

/**
 * A pool of HTTP/1.1 connections to one place. Requests run on the thread that sends them, so there are no threads to end except
 * OkHttp's shared daemons. No request is repeated and no redirect followed: both are for whoever knows what the request does.
 * Thread-safe.
 */
public final class HttpConnections implements AutoCloseable {
    private static final Duration IDLE = Duration.ofMinutes(4);
    private static final String RETRY_AFTER = "Retry-After";

    private final OkHttpClient client;
    private final LateEnds lateEnds;

    private HttpConnections(OkHttpClient client, LateEnds lateEnds) {
        this.client = client;
        this.lateEnds = lateEnds;
    }

    /**
     * Makes a pool; does no I/O.
     *
     * @param target where requests go; with http, only loopback addresses are connected to and no proxy is used
     * @param resolver finds the addresses of hosts; where it allows none, no proxy is used
     * @param maxIdle connections kept open for {@code 4} minutes after use, 0 or more
     * @param octets hears how many octets passed a socket, both ways, TLS records included; called from several threads
     */
    public static HttpConnections to(
            URI target, HostResolver resolver, HttpTimeouts timeouts, int maxIdle, LongConsumer octets) {
        ConnectionPool pool = new ConnectionPool(maxIdle, IDLE.toSeconds(), TimeUnit.SECONDS);
        LateEnds lateEnds = new LateEnds(pool);
        boolean plain = Loopback.isPlain(target);
        boolean direct = plain || !resolver.allowsProxies();
        ResolvedHosts hosts = new ResolvedHosts(resolver, plain);
        OkHttpClient.Builder builder = new OkHttpClient.Builder()
                .connectTimeout(timeouts.connect())
                .readTimeout(timeouts.read())
                .writeTimeout(timeouts.write())
                .callTimeout(Duration.ZERO)
                .protocols(List.of(Protocol.HTTP_1_1))
                .retryOnConnectionFailure(false)
                .followRedirects(false)
                .followSslRedirects(false)
                .dns(hosts)
                .addInterceptor(hosts)
                .addNetworkInterceptor(HttpConnections::neverAtOnce)
                .eventListener(lateEnds)
                .connectionPool(pool)
                .socketFactory(new MeteredSockets(octets, direct));
        if (direct) {
            builder.proxy(Proxy.NO_PROXY);
        }
        return new HttpConnections(builder.build(), lateEnds);
    }

    /** OkHttp sends a request again by itself, of whatever kind, where a 503 says {@code Retry-After: 0}; so it must not see it. */
    private static Response neverAtOnce(Interceptor.Chain chain) throws IOException {
        Response response = chain.proceed(chain.request());
        return response.code() == HttpURLConnection.HTTP_UNAVAILABLE && "0".equals(response.header(RETRY_AFTER))
                ? response.newBuilder().removeHeader(RETRY_AFTER).build()
                : response;
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
        lateEnds.closed = true;
        client.dispatcher().cancelAll();
        client.connectionPool().evictAll();
    }

    /** A call that ends while or after the pool is closed puts its connection back into it, where nobody would close it. */
    private static final class LateEnds extends EventListener {
        private final ConnectionPool pool;
        private volatile boolean closed;

        LateEnds(ConnectionPool pool) {
            this.pool = pool;
        }

        @Override
        public void callEnd(Call call) {
            evictIfClosed();
        }

        @Override
        public void callFailed(Call call, IOException failure) {
            evictIfClosed();
        }

        private void evictIfClosed() {
            if (closed) {
                pool.evictAll();
            }
        }
    }
}
