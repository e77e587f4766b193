package dev.steadymail.gmail.http;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import okhttp3.Call;
import okhttp3.ConnectionPool;
import okhttp3.EventListener;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Response;

/**
 * Connections that several users share: where a server speaks HTTP/2, the requests of many accounts go over one connection, which
 * costs one thread of OkHttp's as long as it is open; a connection of HTTP/1.1 has none. Open means in use or less than four minutes
 * after it. Thread-safe.
 */
public final class HttpPool implements AutoCloseable {
    private static final int MOST_IDLE = 256;
    private static final Duration IDLE = Duration.ofMinutes(4);
    private static final String RETRY_AFTER = "Retry-After";

    private final ConnectionPool pool = new ConnectionPool(MOST_IDLE, IDLE.toSeconds(), TimeUnit.SECONDS);
    /** Whoever uses the pool derives from this one: connections are shared where TLS settings are the same objects. */
    private final OkHttpClient base;

    private volatile boolean closed;

    /** Makes an empty pool. */
    public HttpPool() {
        base = new OkHttpClient.Builder()
                .callTimeout(Duration.ZERO)
                .retryOnConnectionFailure(false)
                .followRedirects(false)
                .followSslRedirects(false)
                .addNetworkInterceptor(HttpPool::neverAtOnce)
                .eventListener(new LateEnds())
                .connectionPool(pool)
                .build();
    }

    OkHttpClient.Builder derive() {
        return base.newBuilder();
    }

    /** OkHttp sends a request again by itself, of whatever kind, where a 503 says {@code Retry-After: 0}; so it must not see it. */
    private static Response neverAtOnce(Interceptor.Chain chain) throws IOException {
        Response response = chain.proceed(chain.request());
        return response.code() == HttpURLConnection.HTTP_UNAVAILABLE && "0".equals(response.header(RETRY_AFTER))
                ? response.newBuilder().removeHeader(RETRY_AFTER).build()
                : response;
    }

    /** Closes idle connections, and all others when their calls end. Harmless when repeated. */
    @Override
    public void close() {
        closed = true;
        pool.evictAll();
    }

    /** A call that ends while or after the pool is closed puts its connection back into it, where nobody would close it. */
    private final class LateEnds extends EventListener {
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
