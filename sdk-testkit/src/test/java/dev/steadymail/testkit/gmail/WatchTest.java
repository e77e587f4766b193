package dev.steadymail.testkit.gmail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.steadymail.testkit.time.ManualTime;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class WatchTest {
    private static final String ADA = "ada@example.com";
    private static final String TOPIC = "projects/p/topics/t";
    private static final String SUBSCRIPTION = "projects/p/subscriptions/s";

    private final ManualTime time = new ManualTime();
    private final FakeGmail gmail =
            FakeGmail.builder().user(ADA, "token-ada").clock(time::now).start();
    private final GmailMailbox mailbox = gmail.mailbox(ADA);
    private final GmailHttp http = new GmailHttp(gmail, "token-ada");

    @BeforeEach
    void subscribe() {
        gmail.pubSub().subscribe(SUBSCRIPTION, TOPIC);
    }

    @AfterEach
    void stop() {
        gmail.close();
    }

    @Test
    void watch_answersHistoryIdAndSevenDays() throws Exception {
        GmailHttp.Answer watched = watch("");
        assertEquals(200, watched.status());
        assertEquals(Long.toUnsignedString(mailbox.historyId()), watched.string("historyId"));
        Instant expiry = ManualTime.START.plus(Duration.ofDays(7));
        assertEquals(Long.toString(expiry.toEpochMilli()), watched.string("expiration"));
        assertEquals(Optional.of(expiry), mailbox.watchExpiration());
    }

    @Test
    void watch_thatCannotBe_isRefused() throws Exception {
        assertEquals(400, http.post("watch", "{}").status());
        assertEquals(400, http.post("watch", "{\"topicName\":\"t\"}").status());
        assertEquals(
                403,
                http.post("watch", "{\"topicName\":\"projects/p/topics/other\"}")
                        .status());
        assertEquals(400, watch(",\"labelIds\":[\"Label_9\"]").status());
        assertEquals(400, watch(",\"labelFilterBehavior\":\"maybe\"").status());
        assertEquals(200, watch("").status());
        gmail.pubSub().subscribe("projects/p/subscriptions/s2", "projects/p/topics/t2");
        GmailHttp.Answer second = http.post("watch", "{\"topicName\":\"projects/p/topics/t2\"}");
        assertEquals(400, second.status());
        assertTrue(second.text().contains("Only one user push notification client"));
        assertEquals(200, watch("").status());
    }

    @Test
    void notification_carriesAddressAndHistoryIdOnly() throws Exception {
        watch("");
        acknowledgeAll();
        mailbox.add(TestMail.plain("a"), "INBOX");
        JsonObject message = pull(10).get(0).getAsJsonObject().getAsJsonObject("message");
        assertEquals("2024-03-01T12:00:00.000Z", message.get("publishTime").getAsString());
        JsonObject data = data(message);
        assertEquals(ADA, data.get("emailAddress").getAsString());
        assertEquals(
                Long.toUnsignedString(mailbox.historyId()),
                data.get("historyId").getAsString());
        assertEquals(2, data.size());
    }

    @Test
    void firstNotification_comesWithTheWatch() throws Exception {
        watch("");
        assertEquals(1, gmail.pubSub().waiting(SUBSCRIPTION));
    }

    @Test
    void labelFilter_includesOrExcludes() throws Exception {
        watch(",\"labelIds\":[\"INBOX\"],\"labelFilterBehavior\":\"include\"");
        acknowledgeAll();
        mailbox.add(TestMail.plain("a"), "SENT");
        assertEquals(0, gmail.pubSub().waiting(SUBSCRIPTION));
        String inbox = mailbox.add(TestMail.plain("b"), "INBOX");
        mailbox.modify(inbox, List.of(), List.of("INBOX"));
        assertEquals(2, gmail.pubSub().waiting(SUBSCRIPTION));
        acknowledgeAll();
        watch(",\"labelIds\":[\"INBOX\"],\"labelFilterBehavior\":\"exclude\"");
        acknowledgeAll();
        mailbox.add(TestMail.plain("c"), "INBOX");
        assertEquals(0, gmail.pubSub().waiting(SUBSCRIPTION));
        mailbox.add(TestMail.plain("d"), "SENT");
        assertEquals(1, gmail.pubSub().waiting(SUBSCRIPTION));
    }

    @Test
    void stop_endsNotifications() throws Exception {
        watch("");
        acknowledgeAll();
        assertEquals(204, http.post("stop", "").status());
        mailbox.add(TestMail.plain("a"), "INBOX");
        assertEquals(0, gmail.pubSub().waiting(SUBSCRIPTION));
        assertEquals(Optional.empty(), mailbox.watchExpiration());
    }

    @Test
    void expiry_endsNotificationsUntilRenewed() throws Exception {
        watch("");
        acknowledgeAll();
        time.advance(Duration.ofDays(7).minusMillis(1));
        mailbox.add(TestMail.plain("a"), "INBOX");
        assertEquals(1, gmail.pubSub().waiting(SUBSCRIPTION));
        acknowledgeAll();
        time.advance(Duration.ofMillis(1));
        mailbox.add(TestMail.plain("b"), "INBOX");
        assertEquals(0, gmail.pubSub().waiting(SUBSCRIPTION));
        watch("");
        mailbox.add(TestMail.plain("c"), "INBOX");
        assertEquals(2, gmail.pubSub().waiting(SUBSCRIPTION));
    }

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
    void bursts_areDroppedOnRequest() throws Exception {
        watch("");
        acknowledgeAll();
        gmail.pubSub().dropBursts(true);
        mailbox.add(TestMail.plain("a"), "INBOX");
        mailbox.add(TestMail.plain("b"), "INBOX");
        time.advance(Duration.ofMillis(999));
        mailbox.add(TestMail.plain("c"), "INBOX");
        assertEquals(1, gmail.pubSub().waiting(SUBSCRIPTION));
        time.advance(Duration.ofMillis(1));
        mailbox.add(TestMail.plain("d"), "INBOX");
        assertEquals(2, gmail.pubSub().waiting(SUBSCRIPTION));
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

    private GmailHttp.Answer watch(String more) throws Exception {
        return http.post("watch", "{\"topicName\":\"" + TOPIC + "\"" + more + "}");
    }

    private JsonArray pull(int most) throws Exception {
        JsonElement received =
                subscription("pull", "{\"maxMessages\":" + most + "}").json().get("receivedMessages");
        return received == null ? new JsonArray() : received.getAsJsonArray();
    }

    private void acknowledgeAll() throws Exception {
        acknowledge(pull(1_000));
        assertEquals(0, gmail.pubSub().waiting(SUBSCRIPTION));
    }

    private void acknowledge(JsonArray received) throws Exception {
        JsonArray ids = new JsonArray();
        received.forEach(message -> ids.add(message.getAsJsonObject().get("ackId")));
        assertEquals(
                200, subscription("acknowledge", "{\"ackIds\":" + ids + "}").status());
    }

    private GmailHttp.Answer subscription(String verb, String json) throws Exception {
        return http.send(http.absolute("v1/" + SUBSCRIPTION + ":" + verb).POST(BodyPublishers.ofString(json)));
    }

    private static String messageId(JsonArray received, int index) {
        JsonObject message = received.get(index).getAsJsonObject().getAsJsonObject("message");
        return message.get("messageId").getAsString();
    }

    private static JsonObject data(JsonObject message) {
        byte[] decoded = Base64.getDecoder().decode(message.get("data").getAsString());
        return JsonParser.parseString(new String(decoded, StandardCharsets.UTF_8))
                .getAsJsonObject();
    }
}
