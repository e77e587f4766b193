package dev.steadymail.testkit.gmail;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Posts messages to push endpoints, one at a time. Threadsafe. */
final class PushSender {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final long PATIENCE_SECONDS = 30;
    private static final int MAX_WAITING = 10_000;
    private static final Set<Integer> ACCEPTED = Set.of(102, 200, 201, 202, 204);

    private final FakePubSub pubSub;
    private final PushTokens tokens;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(TIMEOUT)
            .build();
    private final ThreadPoolExecutor worker = new ThreadPoolExecutor(
            0,
            1,
            1,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(MAX_WAITING),
            PushSender::thread,
            new ThreadPoolExecutor.DiscardPolicy());
    private final List<Integer> statuses = new ArrayList<>(); // guarded by this
    private volatile PushTokenFlaw flaw = PushTokenFlaw.NONE;

    PushSender(FakePubSub pubSub, PushTokens tokens) {
        this.pubSub = pubSub;
        this.tokens = tokens;
    }

    void flaw(PushTokenFlaw newFlaw) {
        this.flaw = newFlaw;
    }

    /** Delivers what waits, on the sender's thread. */
    void start(Subscription subscription) {
        worker.execute(() -> {
            List<Integer> answered = deliver(subscription);
            synchronized (this) {
                statuses.addAll(answered);
            }
        });
    }

    /** Waits for the deliveries started so far and returns the statuses since the last call. */
    List<Integer> await() {
        Future<?> last = worker.submit(() -> {});
        try {
            last.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException late) {
            throw new IllegalStateException("pushes did not end within " + PATIENCE_SECONDS + " seconds", late);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for pushes", interrupted);
        }
        synchronized (this) {
            List<Integer> answered = List.copyOf(statuses);
            statuses.clear();
            return answered;
        }
    }

    /** Posts every message that is due once, and acknowledges those that are accepted. */
    List<Integer> deliver(Subscription subscription) {
        List<Integer> answered = new ArrayList<>();
        for (Subscription.Delivery delivery : pubSub.take(subscription, Integer.MAX_VALUE)) {
            int status = post(subscription, delivery.message());
            answered.add(status);
            if (ACCEPTED.contains(status)) {
                pubSub.acknowledge(subscription, List.of(delivery.ackId()));
            }
        }
        return answered;
    }

    void close() {
        worker.shutdownNow();
    }

    private int post(Subscription subscription, Subscription.Message message) {
        PushEndpoint endpoint = subscription.endpoint;
        if (endpoint == null) {
            return 0;
        }
        JsonObject body = new JsonObject();
        body.add("message", PubSubEndpoint.json(message));
        body.addProperty("subscription", subscription.name);
        HttpRequest.Builder request = HttpRequest.newBuilder(endpoint.url())
                .timeout(TIMEOUT)
                .header("Content-Type", "application/json")
                .header("User-Agent", "APIs-Google; (+https://developers.google.com/webmasters/APIs-Google.html)")
                .POST(HttpRequest.BodyPublishers.ofString(body.toString()));
        if (flaw != PushTokenFlaw.ABSENT) {
            request.header("Authorization", "Bearer " + tokens.token(endpoint, flaw));
        }
        return status(request.build());
    }

    private int status(HttpRequest request) {
        try {
            return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        } catch (IOException noAnswer) {
            return 0;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return 0;
        }
    }

    private static Thread thread(Runnable task) {
        Thread thread = new Thread(task, "fake-gmail-push");
        thread.setDaemon(true);
        return thread;
    }
}
