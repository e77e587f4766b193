package dev.steadymail.gmail.push;

import dev.steadymail.auth.AccessToken;
import dev.steadymail.auth.TokenSource;
import dev.steadymail.gmail.http.HttpConnections;
import dev.steadymail.gmail.http.HttpRoute;
import dev.steadymail.gmail.http.HttpTimeouts;
import dev.steadymail.gmail.http.Loopback;
import dev.steadymail.gmail.json.PushEnvelope;
import dev.steadymail.mail.MailException;
import dev.steadymail.provider.HostResolver;
import dev.steadymail.time.Deadline;
import dev.steadymail.time.Scheduler;
import dev.steadymail.time.TimeSource;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import okhttp3.Call;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Pulls notifications from a Pub/Sub subscription and hands them on, where no endpoint can be reached from outside. One request at
 * a time, on a thread that is lent for it; Pub/Sub holds a request that finds nothing. What was handed on is acknowledged: a
 * notification that is lost afterwards is made good by the polls of whoever listens. Thread-safe; close it when done.
 */
public final class PubSubPull implements AutoCloseable {
    /** Google's Pub/Sub. */
    public static final URI GOOGLE = URI.create("https://pubsub.googleapis.com/");

    private static final Logger LOG = LoggerFactory.getLogger(PubSubPull.class);
    private static final Pattern SUBSCRIPTION =
            Pattern.compile("projects/[\\w.:~%+-]{1,100}/subscriptions/[\\w.~%+-]{1,255}");
    private static final MediaType JSON = MediaType.get("application/json");
    private static final int MOST_MESSAGES = 100;
    private static final int MAX_OCTETS = 4 << 20;
    private static final int UNAUTHORIZED = 401;
    private static final Duration CONNECT = Duration.ofSeconds(10);
    /** Pub/Sub answers with nothing after some 90 seconds. */
    private static final Duration HELD = Duration.ofMinutes(2);

    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(2);

    private final String base;
    private final TokenSource tokens;
    private final GmailNotifications notifications;
    private final TimeSource time;
    private final Executor workers;
    private final HttpConnections connections;
    // Guarded by this object.
    private boolean closed;
    private Scheduler.@Nullable Timer timer;
    private @Nullable Call running;
    // Used by one round at a time.
    private int failures;

    private PubSubPull(
            String base,
            TokenSource tokens,
            GmailNotifications notifications,
            TimeSource time,
            Executor workers,
            HttpConnections connections) {
        this.base = base;
        this.tokens = tokens;
        this.notifications = notifications;
        this.time = time;
        this.workers = workers;
        this.connections = connections;
    }

    /**
     * Begins to pull; returns at once. What fails is tried again, ever more seldom, and logged.
     *
     * @param root {@link #GOOGLE}, or http towards this machine
     * @param subscription {@code projects/PROJECT/subscriptions/SUBSCRIPTION}
     * @param tokens of an account that may consume it, with the scope {@code https://www.googleapis.com/auth/pubsub}
     * @param workers lends a thread for each round: a request to pull and one to acknowledge, each of two minutes at most and sent again
     *     once where its token is refused
     */
    public static PubSubPull start(
            URI root,
            String subscription,
            TokenSource tokens,
            GmailNotifications notifications,
            TimeSource time,
            Executor workers,
            HostResolver resolver) {
        if (!SUBSCRIPTION.matcher(subscription).matches()) {
            throw new IllegalArgumentException("subscription must be projects/PROJECT/subscriptions/SUBSCRIPTION");
        }
        HttpTimeouts timeouts = new HttpTimeouts(CONNECT, HELD, CONNECT);
        HttpConnections connections =
                HttpConnections.to(HttpRoute.usual(Loopback.requireSafe("root", root), resolver), timeouts);
        PubSubPull pull = new PubSubPull(
                root.resolve("/v1/" + subscription).toString(), tokens, notifications, time, workers, connections);
        pull.next(Duration.ZERO);
        return pull;
    }

    private synchronized void next(Duration pause) {
        if (!closed) {
            timer = time.scheduler().schedule(this::begin, pause);
        }
    }

    private void begin() {
        try {
            workers.execute(this::round);
        } catch (RejectedExecutionException busy) {
            next(PAUSE);
        }
    }

    private void round() {
        Duration pause = LONGEST_PAUSE;
        try {
            boolean found = pull(time.deadline(HELD));
            failures = 0;
            pause = found ? Duration.ZERO : PAUSE;
        } catch (IOException | MailException failure) {
            pause = pauseAfter(failure);
        } catch (RuntimeException foreign) {
            // A token source's own, of which nobody knows what its text holds.
            pause = pauseAfter(new IllegalStateException(foreign.getClass().getName()));
        } finally {
            next(pause);
        }
    }

    private Duration pauseAfter(Exception failure) {
        failures = Math.min(failures + 1, 20);
        long most = Math.min(LONGEST_PAUSE.toMillis(), PAUSE.toMillis() << failures);
        Duration pause = Duration.ofMillis(PAUSE.toMillis() + time.random().nextLong(most));
        synchronized (this) {
            if (!closed) {
                LOG.warn("notifications could not be pulled; trying again in {} ms", pause.toMillis(), failure);
            }
        }
        return pause;
    }

    private boolean pull(Deadline deadline) throws IOException {
        List<PushEnvelope> pulled =
                post(":pull", "{\"maxMessages\": " + MOST_MESSAGES + "}", deadline, PushEnvelope::pulled);
        for (PushEnvelope envelope : pulled) {
            if (envelope.address() != null && envelope.historyId() != null) {
                notifications.accept(GmailNotification.of(envelope));
            }
        }
        String acknowledged = pulled.stream()
                .map(PushEnvelope::ackId)
                .filter(Objects::nonNull)
                .map(PubSubPull::quoted)
                .collect(Collectors.joining(",", "{\"ackIds\": [", "]}"));
        if (!pulled.isEmpty()) {
            var unused = post(":acknowledge", acknowledged, deadline, content -> "");
        }
        return !pulled.isEmpty();
    }

    private <T> T post(String action, String body, Deadline deadline, Reading<T> reading) throws IOException {
        AccessToken token = tokens.token(deadline);
        try (Response response = send(action, body, token)) {
            if (response.code() != UNAUTHORIZED) {
                return read(response, reading);
            }
        }
        try (Response response = send(action, body, tokens.tokenAfterRefusal(token, deadline))) {
            return read(response, reading);
        }
    }

    private Response send(String action, String body, AccessToken token) throws IOException {
        Request request = new Request.Builder()
                .url(base + action)
                .header("Authorization", "Bearer " + token.value().reveal())
                .post(RequestBody.create(body, JSON))
                .build();
        Call call = connections.calls().newCall(request);
        call.timeout().timeout(HELD.toMillis(), TimeUnit.MILLISECONDS);
        synchronized (this) {
            if (closed) {
                throw new IOException("closed");
            }
            running = call;
        }
        return call.execute();
    }

    private static <T> T read(Response response, Reading<T> reading) throws IOException {
        if (!response.isSuccessful()) {
            throw new IOException("Pub/Sub answered with HTTP " + response.code());
        }
        return reading.read(
                new java.io.ByteArrayInputStream(response.body().byteStream().readNBytes(MAX_OCTETS)));
    }

    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\' || c < ' ') {
                quoted.append(String.format("\\u%04x", (int) c));
            } else {
                quoted.append(c);
            }
        }
        return quoted.append('"').toString();
    }

    /** Ends it; what is under way is broken off. Harmless when repeated. */
    @Override
    public void close() {
        Call call;
        synchronized (this) {
            closed = true;
            if (timer != null) {
                timer.cancel();
            }
            call = running;
        }
        if (call != null) {
            call.cancel();
        }
        connections.close();
    }

    @FunctionalInterface
    private interface Reading<T> {
        T read(InputStream content) throws IOException;
    }
}
