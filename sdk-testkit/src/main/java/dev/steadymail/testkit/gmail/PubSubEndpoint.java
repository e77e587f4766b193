package dev.steadymail.testkit.gmail;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Pub/Sub's REST methods for what is pulled. Errors are in its own shape, which has no {@code errors}. Threadsafe. */
final class PubSubEndpoint {
    private static final Pattern PATH =
            Pattern.compile("/v1/(projects/[^/]+/subscriptions/([^/:]+)):(pull|acknowledge|modifyAckDeadline)");
    private static final int MAX_DEADLINE_SECONDS = 600;
    private static final int MAX_PULLED = 1_000;

    private final FakePubSub pubSub;
    private final TokenEndpoint tokens;

    PubSubEndpoint(FakePubSub pubSub, TokenEndpoint tokens) {
        this.pubSub = pubSub;
        this.tokens = tokens;
    }

    /** Returns the name by which faults know the call, null if it is none of these. */
    static @Nullable String name(ApiRequest request) {
        Matcher path = PATH.matcher(request.path());
        return path.matches() ? "subscriptions." + path.group(3) : null;
    }

    Reply answer(ApiRequest request) {
        try {
            return execute(request);
        } catch (ApiException failure) {
            return failure.reply(GmailErrorShape.DETAILS);
        }
    }

    private Reply execute(ApiRequest request) {
        String unusedOwner = tokens.authenticate(request);
        Matcher path = PATH.matcher(request.path());
        Subscription subscription = path.matches() ? pubSub.find(path.group(1)) : null;
        if (subscription == null || !request.method().equals("POST")) {
            throw new ApiException(404, "notFound", "Resource not found.");
        }
        JsonObject body = Call.parseObject(new String(request.body(), StandardCharsets.UTF_8));
        switch (path.group(3)) {
            case "pull" -> {
                return pull(subscription, number(body, "maxMessages", 1, MAX_PULLED));
            }
            case "acknowledge" -> pubSub.acknowledge(subscription, ackIds(body));
            default -> {
                int seconds = number(body, "ackDeadlineSeconds", 0, MAX_DEADLINE_SECONDS);
                pubSub.extend(subscription, ackIds(body), Duration.ofSeconds(seconds));
            }
        }
        return Reply.json(new JsonObject());
    }

    /** Answers at once, also if nothing waits: the service may, so clients must not take it for the end. */
    private Reply pull(Subscription subscription, int most) {
        JsonArray received = new JsonArray();
        for (Subscription.Delivery delivery : pubSub.take(subscription, most)) {
            JsonObject item = new JsonObject();
            item.addProperty("ackId", delivery.ackId());
            item.add("message", json(delivery.message()));
            received.add(item);
        }
        JsonObject reply = new JsonObject();
        if (!received.isEmpty()) {
            reply.add("receivedMessages", received);
        }
        return Reply.json(reply);
    }

    static JsonObject json(Subscription.Message message) {
        JsonObject json = new JsonObject();
        json.addProperty(
                "data", Base64.getEncoder().encodeToString(message.data().getBytes(StandardCharsets.UTF_8)));
        json.addProperty("messageId", message.id());
        json.addProperty("publishTime", QuotaMeter.wholeMillis(message.publishTime()));
        return json;
    }

    private static List<String> ackIds(JsonObject body) {
        List<String> ids = Call.strings(body, "ackIds");
        if (ids.isEmpty()) {
            throw ApiException.invalid("No ack ids specified.");
        }
        return ids;
    }

    private static int number(JsonObject body, String name, int least, int most) {
        JsonElement value = body.get(name);
        String text = value == null || !value.isJsonPrimitive() ? "" : value.getAsString();
        if (!text.matches("\\d{1,9}") || Integer.parseInt(text) < least) {
            throw ApiException.invalid(name + " must be between " + least + " and " + most);
        }
        return Math.min(most, Integer.parseInt(text));
    }
}
