package dev.steadymail.gmail.http;

import java.net.Proxy;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import okhttp3.Call;
import okhttp3.Dispatcher;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import org.jspecify.annotations.Nullable;

/**
 * One user's requests to one place: HTTP/2 where TLS offers it, HTTP/1.1 otherwise. Requests run on the thread that sends them. No
 * request is repeated and no redirect followed: both are for whoever knows what the request does. Thread-safe.
 */
public final class HttpConnections implements AutoCloseable {
    private final OkHttpClient client;
    private final @Nullable HttpPool own;

    private HttpConnections(OkHttpClient client, @Nullable HttpPool own) {
        this.client = client;
        this.own = own;
    }

    /** Makes connections that nobody shares; does no I/O. */
    public static HttpConnections to(HttpRoute route, HttpTimeouts timeouts) {
        HttpPool pool = new HttpPool();
        return new HttpConnections(client(pool, route, timeouts, octets -> {}), pool);
    }

    /**
     * Makes connections that are shared with all others of a pool that go the same way; does no I/O.
     *
     * @param octets hears how many octets of HTTP were sent and received, bodies as compressed as they came; called from several
     *     threads
     */
    public static HttpConnections shared(HttpPool pool, HttpRoute route, HttpTimeouts timeouts, LongConsumer octets) {
        return new HttpConnections(client(pool, route, timeouts, octets), null);
    }

    private static OkHttpClient client(HttpPool pool, HttpRoute route, HttpTimeouts timeouts, LongConsumer octets) {
        ResolvedHosts hosts = new ResolvedHosts(route.resolver(), route.isPlain());
        OkHttpClient.Builder builder = pool.derive()
                .dispatcher(new Dispatcher())
                .connectTimeout(timeouts.connect())
                .readTimeout(timeouts.read())
                .writeTimeout(timeouts.write())
                .protocols(route.isPlain() ? List.of(Protocol.HTTP_1_1) : List.of(Protocol.HTTP_2, Protocol.HTTP_1_1))
                .dns(hosts)
                .addInterceptor(hosts)
                .addNetworkInterceptor(new OctetCount(octets))
                .socketFactory(route.isDirect() ? PromptSockets.DIRECT : PromptSockets.USUAL);
        lead(builder, route);
        HttpTrust trust = route.trust();
        if (trust != null) {
            trust.applyTo(builder);
        }
        return builder.build();
    }

    private static void lead(OkHttpClient.Builder builder, HttpRoute route) {
        HttpProxy proxy = route.proxy();
        if (route.isDirect()) {
            builder.proxy(Proxy.NO_PROXY);
        } else if (proxy != null) {
            builder.proxy(proxy.asProxy()).proxyAuthenticator(proxy.authenticator());
        }
    }

    /**
     * Returns the same with a connection for each request. For answers that are read at somebody's leisure: an unread one would hold
     * up the others on its connection.
     */
    public HttpConnections unshared() {
        return new HttpConnections(
                client.newBuilder().protocols(List.of(Protocol.HTTP_1_1)).build(), null);
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

    /**
     * Closes the connections that are not shared, and breaks calls that wait for an answer; an answer that has begun is ended by whoever
     * reads it. Harmless when repeated.
     */
    @Override
    public void close() {
        if (own != null) {
            own.close();
        }
        client.dispatcher().cancelAll();
    }
}
