package dev.steadymail.observability.export;

import dev.steadymail.auth.Secret;
import dev.steadymail.guard.RetryHint;
import java.io.IOException;
import java.net.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import okhttp3.Call;
import okhttp3.ConnectionPool;
import okhttp3.CookieJar;
import okhttp3.Dispatcher;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.Buffer;
import okio.BufferedSink;
import okio.GzipSink;
import okio.Okio;
import org.jspecify.annotations.Nullable;

/**
 * Posts batches as JSON, compressed with gzip, to {@code BASE/api/logs/client-events}. Each request carries the batch's id in
 * {@code Idempotency-Key}. What becomes of a batch:
 *
 * <table>
 * <caption>What an answer means</caption>
 * <tr><th>answer</th><th>meaning</th></tr>
 * <tr><td>2xx</td><td>taken; never sent again, whatever follows the status</td></tr>
 * <tr><td>408, 425, 429, 5xx</td><td>not taken; sent again, after {@code Retry-After} (seconds or a date) where there is one, 5 minutes
 *     at most</td></tr>
 * <tr><td>any other status</td><td>refused for good; redirects are not followed</td></tr>
 * <tr><td>no connection</td><td>not taken; sent again</td></tr>
 * <tr><td>no status though a connection was there: reset, closed, garbled or too late</td><td>unknown; sent again under the same id. Only
 *     such a batch can arrive twice</td></tr>
 * </table>
 *
 * <p>No cookies are kept. Thread-safe.
 */
public final class HttpExporter implements EventExporter {
    private static final String PATH = "api/logs/client-events";
    private static final Pattern LOOPBACK = Pattern.compile("localhost|127(\\.[0-9]{1,3}){3}|::1");
    private static final MediaType JSON = MediaType.get("application/json; charset=utf-8");

    private final HttpUrl url;
    private final OkHttpClient client;
    private final @Nullable Secret token;

    private HttpExporter(Builder builder) {
        this.url = builder.url;
        this.token = builder.token;
        boolean plain = !url.isHttps();
        HeardStatus heard = new HeardStatus();
        OkHttpClient.Builder http = new OkHttpClient.Builder()
                .connectTimeout(builder.connectWithin)
                .callTimeout(builder.answerWithin)
                .readTimeout(Duration.ZERO)
                .writeTimeout(Duration.ZERO)
                .followRedirects(false)
                .followSslRedirects(false)
                .retryOnConnectionFailure(false)
                .cookieJar(CookieJar.NO_COOKIES)
                .dispatcher(new Dispatcher())
                .connectionPool(new ConnectionPool(1, 1, TimeUnit.MINUTES))
                .addNetworkInterceptor(heard);
        if (plain) {
            http.proxy(Proxy.NO_PROXY).dns(LoopbackHosts.ONLY).protocols(List.of(Protocol.HTTP_1_1));
        }
        this.client = http.build();
    }

    /**
     * Returns an exporter to a receiver.
     *
     * @param base where the receiver is, for example {@code https://telemetry.example.com}; {@code http} only for this machine itself
     */
    public static HttpExporter to(String base) {
        return builder(base).build();
    }

    /** Returns a builder of an exporter to a receiver, as {@link #to}. */
    public static Builder builder(String base) {
        return new Builder(base);
    }

    @Override
    public ExportResult export(EventBatch batch, ExportCall sending) {
        Attempt attempt = new Attempt();
        Request request;
        try {
            request = request(batch, attempt);
        } catch (IOException impossible) {
            return ExportResult.notTaken(null);
        }
        Call call = client.newCall(request);
        sending.onCancel(call::cancel);
        try (Response response = call.execute()) {
            return meaning(response.code(), attempt.retryAfter());
        } catch (IOException failure) {
            // Where a status came it counts, whatever broke afterwards.
            int status = attempt.status();
            if (status != Attempt.NONE) {
                return meaning(status, attempt.retryAfter());
            }
            return attempt.hasBegun() ? ExportResult.unknown() : ExportResult.notTaken(null);
        }
    }

    private Request request(EventBatch batch, Attempt attempt) throws IOException {
        Request.Builder request = new Request.Builder()
                .url(url)
                .header("Idempotency-Key", batch.id().toString())
                .header("Content-Encoding", "gzip")
                .header("User-Agent", "steadymail")
                .tag(Attempt.class, attempt)
                .post(compressed(batch));
        if (token != null) {
            request.header("Authorization", "Bearer " + token.reveal());
        }
        return request.build();
    }

    private static RequestBody compressed(EventBatch batch) throws IOException {
        Buffer octets = new Buffer();
        try (BufferedSink gzip = Okio.buffer(new GzipSink(octets))) {
            batch.writeTo(gzip.outputStream());
        }
        return RequestBody.create(octets.readByteString(), JSON);
    }

    private ExportResult meaning(int status, @Nullable String retryAfter) {
        if (status >= 200 && status < 300) {
            return ExportResult.taken();
        }
        boolean later = status >= 500 || status == 408 || status == 425 || status == 429;
        return later ? ExportResult.notTaken(delay(retryAfter)) : ExportResult.refused();
    }

    private static @Nullable Duration delay(@Nullable String retryAfter) {
        Instant now = Instant.now();
        Instant until = RetryHint.header(retryAfter, now);
        return until == null ? null : Duration.between(now, until);
    }

    /** Gives up the connection. */
    @Override
    public void close() {
        client.dispatcher().cancelAll();
        client.connectionPool().evictAll();
        client.dispatcher().executorService().shutdown();
    }

    /** Shows neither the token nor what else a URL may have. */
    @Override
    public String toString() {
        return "HttpExporter[" + url.host() + "]";
    }

    /** Puts an exporter together. Not thread-safe. */
    public static final class Builder {
        private final HttpUrl url;
        private Duration connectWithin = Duration.ofSeconds(5);
        private Duration answerWithin = Duration.ofSeconds(15);
        private @Nullable Secret token;

        private Builder(String base) {
            HttpUrl parsed = HttpUrl.parse(base);
            if (parsed == null
                    || !parsed.encodedUsername().isEmpty()
                    || !parsed.encodedPassword().isEmpty()
                    || parsed.encodedQuery() != null
                    || parsed.encodedFragment() != null) {
                throw new IllegalArgumentException(
                        "a receiver's URL is https://HOST, with :PORT and /PATH where needed, and nothing else");
            }
            if (!parsed.isHttps() && !LOOPBACK.matcher(parsed.host()).matches()) {
                throw new IllegalArgumentException("a receiver on another machine needs https");
            }
            this.url = parsed.newBuilder().addPathSegments(PATH).build();
        }

        /** Sets what the receiver knows us by: sent as {@code Authorization: Bearer}. */
        public Builder token(Secret token) {
            this.token = token;
            return this;
        }

        /** Sets how long connecting may take, 5 seconds by default. */
        public Builder connectWithin(Duration connectWithin) {
            this.connectWithin = positive("connectWithin", connectWithin);
            return this;
        }

        /** Sets how long a request may take from its begin to the answer's end, 15 seconds by default. */
        public Builder answerWithin(Duration answerWithin) {
            this.answerWithin = positive("answerWithin", answerWithin);
            return this;
        }

        private static Duration positive(String name, Duration duration) {
            if (duration.compareTo(Duration.ofMillis(1)) < 0 || duration.compareTo(Duration.ofMinutes(5)) > 0) {
                throw new IllegalArgumentException(
                        name + " must be between 1 millisecond and 5 minutes, was " + duration);
            }
            return duration;
        }

        public HttpExporter build() {
            return new HttpExporter(this);
        }
    }
}
