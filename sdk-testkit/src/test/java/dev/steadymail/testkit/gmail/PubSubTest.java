package dev.steadymail.testkit.gmail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PubSubTest extends WatchTestCase {

    @Test
    void unacknowledged_isDeliveredAnewAfterTheDeadline() throws Exception {
        gmail.pubSub().ackDeadline(SUBSCRIPTION, Duration.ofSeconds(20));
        watch("");
        JsonObject first = pull(10).get(0).getAsJsonObject();
        assertEquals(0, pull(10).size());
        time.advance(Duration.ofSeconds(20));
        JsonObject again = pull(10).get(0).getAsJsonObject();
        assertEquals(first.get("message"), again.get("message"));
        assertNotEquals(first.get("ackId"), again.get("ackId"));
        subscription("acknowledge", "{\"ackIds\":[" + first.get("ackId") + "]}");
        assertEquals(1, gmail.pubSub().waiting(SUBSCRIPTION));
        subscription("acknowledge", "{\"ackIds\":[" + again.get("ackId") + "]}");
        assertEquals(0, gmail.pubSub().waiting(SUBSCRIPTION));
    }

    @Test
    void modifyAckDeadline_lengthensOrGivesBack() throws Exception {
        watch("");
        JsonElement ackId = pull(1).get(0).getAsJsonObject().get("ackId");
        String ids = "{\"ackIds\":[" + ackId + "],\"ackDeadlineSeconds\":";
        assertEquals(200, subscription("modifyAckDeadline", ids + "60}").status());
        time.advance(Duration.ofSeconds(59));
        assertEquals(0, pull(1).size());
        assertEquals(200, subscription("modifyAckDeadline", ids + "0}").status());
        assertEquals(1, pull(1).size());
    }

    @Test
    void duplicatesDropsAndOrder_areOnRequest() throws Exception {
        FakePubSub pubSub = gmail.pubSub();
        pubSub.duplicateNext(1);
        pubSub.publish(TOPIC, ADA, 1);
        JsonArray twice = pull(10);
        assertEquals(2, twice.size());
        assertEquals(messageId(twice, 0), messageId(twice, 1));
        acknowledge(twice);
        pubSub.dropNext(2);
        pubSub.publish(TOPIC, ADA, 2);
        pubSub.publish(TOPIC, ADA, 3);
        assertEquals(0, pubSub.waiting(SUBSCRIPTION));
        pubSub.shuffle(SUBSCRIPTION, 1);
        for (int i = 4; i < 10; i++) {
            pubSub.publish(TOPIC, "unknown@example.com", i);
        }
        List<Integer> order = new ArrayList<>();
        for (JsonElement received : pull(10)) {
            JsonObject message = received.getAsJsonObject().getAsJsonObject("message");
            order.add(data(message).get("historyId").getAsInt());
        }
        assertNotEquals(List.of(4, 5, 6, 7, 8, 9), order);
        assertEquals(List.of(4, 5, 6, 7, 8, 9), order.stream().sorted().toList());
    }

    @Test
    void pull_withoutTokenOrSubscription_isRefusedInPubSubsShape() throws Exception {
        GmailHttp.Answer unauthorized = new GmailHttp(gmail, "over")
                .send(http.absolute("v1/" + SUBSCRIPTION + ":pull")
                        .setHeader("Authorization", "Bearer over")
                        .POST(BodyPublishers.ofString("{\"maxMessages\":1}")));
        assertEquals(401, unauthorized.status());
        assertFalse(unauthorized.json().getAsJsonObject("error").has("errors"));
        assertEquals(
                404,
                http.send(http.absolute("v1/projects/p/subscriptions/none:pull")
                                .POST(BodyPublishers.ofString("{\"maxMessages\":1}")))
                        .status());
        assertEquals(400, subscription("pull", "{}").status());
        assertEquals(400, subscription("acknowledge", "{}").status());
        gmail.inject(GmailFaults.unavailable().onCall("subscriptions.pull"));
        assertEquals(503, subscription("pull", "{\"maxMessages\":1}").status());
    }

    @Test
    void subscribe_withNamesThatAreNone_isRefused() {
        FakePubSub pubSub = gmail.pubSub();
        assertThrows(IllegalArgumentException.class, () -> pubSub.subscribe("s", TOPIC));
        assertThrows(IllegalArgumentException.class, () -> pubSub.subscribe(SUBSCRIPTION, "t"));
        assertThrows(IllegalArgumentException.class, () -> pubSub.waiting("projects/p/subscriptions/none"));
        assertThrows(IllegalArgumentException.class, () -> pubSub.ackDeadline(SUBSCRIPTION, Duration.ofMinutes(11)));
    }
}
