package dev.steadymail.testkit.gmail;

import com.google.gson.JsonObject;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * The Pub/Sub side of {@code users.watch}: subscriptions that are pulled from a {@link FakeGmail} at {@code
 * v1/projects/P/subscriptions/S:pull}, or pushed to an endpoint of the test's with an OIDC token.
 *
 * <pre>{@code
 * gmail.pubSub().subscribe("projects/p/subscriptions/s", "projects/p/topics/t");
 * }</pre>
 *
 * <p>The data of a message is JSON with {@code emailAddress} and, as a number, {@code historyId}, as the service sends it;
 * its documentation shows the id in quotes. A topic exists once something subscribes to it. Messages not acknowledged within the deadline, by the server's clock,
 * are delivered anew. A push is tried once when its message is published, on a daemon thread; what the endpoint does not
 * accept waits for {@link #redeliver}, or for the first push after its deadline. This class is threadsafe.
 */
public final class FakePubSub {
    private final InstantSource clock;
    private final PushTokens tokens;
    private final PushSender sender;
    private final Map<String, Subscription> subscriptions = new LinkedHashMap<>(); // guarded by this
    private final Map<String, Instant> lastNotified = new HashMap<>(); // guarded by this
    private long published;
    private int dropsLeft;
    private int doublesLeft;
    private boolean dropsBursts;

    FakePubSub(InstantSource clock, PushTokens tokens) {
        this.clock = clock;
        this.tokens = tokens;
        this.sender = new PushSender(this, tokens);
    }

    /**
     * Makes a topic, unless it exists, and a subscription to be pulled from.
     *
     * @throws IllegalArgumentException if a name is not of the form {@code projects/P/subscriptions/S} or {@code
     *     projects/P/topics/T}
     */
    public void subscribe(String subscription, String topic) {
        add(subscription, topic, null);
    }

    /** Makes a topic, unless it exists, and a subscription that is pushed; otherwise as {@link #subscribe(String, String)}. */
    public void subscribe(String subscription, String topic, PushEndpoint endpoint) {
        add(subscription, topic, endpoint);
    }

    private synchronized void add(String subscription, String topic, @Nullable PushEndpoint endpoint) {
        if (!subscription.matches("projects/[^/:]+/subscriptions/[^/:]+")) {
            throw new IllegalArgumentException("subscription must be projects/P/subscriptions/S, was " + subscription);
        }
        if (!topic.matches("projects/[^/:]+/topics/[^/:]+")) {
            throw new IllegalArgumentException("topic must be projects/P/topics/T, was " + topic);
        }
        subscriptions.put(subscription, new Subscription(subscription, topic, endpoint));
    }

    /** Sets after which time what was not acknowledged is delivered anew; 10 s by default, at most 600 s. */
    public synchronized void ackDeadline(String subscription, Duration deadline) {
        if (deadline.isNegative() || deadline.toSeconds() > 600) {
            throw new IllegalArgumentException("deadline must be between 0 and 600 seconds, was " + deadline);
        }
        known(subscription).ackDeadline = deadline;
    }

    /** Delivers the messages of a subscription in an order that follows from the seed, instead of as published. */
    public synchronized void shuffle(String subscription, long seed) {
        known(subscription).order = new Random(seed);
    }

    /** Loses the next so many notifications: no subscription gets them. */
    public synchronized void dropNext(int count) {
        dropsLeft = count;
    }

    /** Delivers each of the next so many notifications twice, with one message id. */
    public synchronized void duplicateNext(int count) {
        doublesLeft = count;
    }

    /** Drops what concerns a user within a second of the last notification, as the service does; off by default. */
    public synchronized void dropBursts(boolean drop) {
        dropsBursts = drop;
    }

    /** Publishes a notification as if Gmail had, for whatever address and history id; to be read as unsigned. */
    public synchronized void publish(String topic, String emailAddress, long historyId) {
        if (dropsLeft > 0) {
            dropsLeft--;
            return;
        }
        published++;
        JsonObject data = new JsonObject();
        data.addProperty("emailAddress", emailAddress);
        data.addProperty("historyId", new BigInteger(Long.toUnsignedString(historyId)));
        Subscription.Message message = new Subscription.Message(
                Long.toString(10_000_000_000_000_000L + published), data.toString(), clock.instant());
        int copies = doublesLeft > 0 ? 2 : 1;
        doublesLeft -= copies - 1;
        for (Subscription subscription : subscriptions.values()) {
            for (int i = 0; i < copies && subscription.topic.equals(topic); i++) {
                subscription.add(message);
            }
            if (subscription.endpoint != null && subscription.topic.equals(topic)) {
                sender.start(subscription);
            }
        }
    }

    /** Publishes for a change, unless it comes too soon after the last. */
    synchronized void notify(String topic, String emailAddress, long historyId) {
        Instant now = clock.instant();
        Instant last = lastNotified.get(emailAddress);
        if (dropsBursts && last != null && now.isBefore(last.plusSeconds(1))) {
            return;
        }
        lastNotified.put(emailAddress, now);
        publish(topic, emailAddress, historyId);
    }

    /** Returns how many messages of a subscription are not acknowledged. */
    public synchronized int waiting(String subscription) {
        return known(subscription).waiting();
    }

    /** Gives the tokens of pushes this flaw, until it is changed. */
    public void flaw(PushTokenFlaw flaw) {
        sender.flaw(flaw);
    }

    /** Returns a token as a push to this endpoint carries it; for {@link PushTokenFlaw#ABSENT}, a good one. */
    public String token(PushEndpoint endpoint, PushTokenFlaw flaw) {
        return tokens.token(endpoint, flaw);
    }

    /** Signs by a new key from now on; the key set no longer holds the old one. */
    public void rotateKey() {
        tokens.rotate();
    }

    /** Waits until pushes that were started have ended, at most 30 seconds in real time, and returns their statuses. */
    public List<Integer> awaitPushes() {
        return sender.await();
    }

    /** Pushes all that was not accepted, on the calling thread, and returns the statuses in order; 0 is no answer. */
    public List<Integer> redeliver() {
        List<Integer> statuses = new ArrayList<>();
        for (Subscription subscription : pushed()) {
            release(subscription);
            statuses.addAll(sender.deliver(subscription));
        }
        return statuses;
    }

    /** Ends pushes. */
    void close() {
        sender.close();
    }

    synchronized void requireTopic(String topic) {
        if (subscriptions.values().stream().noneMatch(subscription -> subscription.topic.equals(topic))) {
            throw new ApiException(
                    403,
                    "forbidden",
                    "Error sending test message to Cloud PubSub " + topic
                            + " : User not authorized to perform this action.");
        }
    }

    synchronized @Nullable Subscription find(String name) {
        return subscriptions.get(name);
    }

    synchronized List<Subscription.Delivery> take(Subscription subscription, int most) {
        return subscription.take(clock.instant(), most);
    }

    synchronized void acknowledge(Subscription subscription, List<String> ackIds) {
        subscription.acknowledge(ackIds);
    }

    synchronized void extend(Subscription subscription, List<String> ackIds, Duration wait) {
        subscription.extend(ackIds, clock.instant(), wait);
    }

    private synchronized void release(Subscription subscription) {
        subscription.release(clock.instant());
    }

    private synchronized List<Subscription> pushed() {
        return subscriptions.values().stream()
                .filter(subscription -> subscription.endpoint != null)
                .toList();
    }

    private Subscription known(String name) {
        Subscription subscription = subscriptions.get(name);
        if (subscription == null) {
            throw new IllegalArgumentException("no subscription of this name: subscribe first");
        }
        return subscription;
    }
}
