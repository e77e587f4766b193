package dev.steadymail.gmail.http;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import okhttp3.Call;
import okhttp3.ConnectionPool;
import okhttp3.EventListener;
import okhttp3.OkHttpClient;

/**
 * Connections that several users share: where a server speaks HTTP/2, the requests of many accounts go over one connection, which
 * costs one thread of OkHttp's as long as it is open; a connection of HTTP/1.1 has none. Open means in use or less than four minutes
 * after it. Thread-safe.
 */
public final class HttpPool implements AutoCloseable {
    private static final int MOST_IDLE = 256;
    private static final Duration IDLE = Duration.ofMinutes(4);

    private final ConnectionPool pool = new ConnectionPool(MOST_IDLE, IDLE.toSeconds(), TimeUnit.SECONDS);
    /** Whoever uses the pool derives from this one: connections are shared where TLS settings are the same objects. */
    private final OkHttpClient base;

    private volatile boolean closed;

    /** Makes an empty pool. */
    public HttpPool() {
        HiddenRetryAfter retryAfter = new HiddenRetryAfter();
        base = new OkHttpClient.Builder()
                .callTimeout(Duration.ZERO)
                .retryOnConnectionFailure(false)
                .followRedirects(false)
                .followSslRedirects(false)
                .addInterceptor(retryAfter)
                .addNetworkInterceptor(retryAfter)
                .eventListener(new LateEnds())
                .connectionPool(pool)
                .build();
    }

    OkHttpClient.Builder derive() {
        return base.newBuilder();
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
