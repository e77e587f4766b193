package dev.steadymail.testkit.gmail;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.steadymail.testkit.time.ManualTime;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A server whose time a test moves, with one subscription. */
abstract class WatchTestCase {
    static final String ADA = "ada@example.com";
    static final String TOPIC = "projects/p/topics/t";
    static final String SUBSCRIPTION = "projects/p/subscriptions/s";

    final ManualTime time = new ManualTime();
    final FakeGmail gmail =
            FakeGmail.builder().user(ADA, "token-ada").clock(time::now).start();
    final GmailMailbox mailbox = gmail.mailbox(ADA);
    final GmailHttp http = new GmailHttp(gmail, "token-ada");

    @BeforeEach
    void subscribe() {
        gmail.pubSub().subscribe(SUBSCRIPTION, TOPIC);
    }

    @AfterEach
    void stop() {
        gmail.close();
    }

    GmailHttp.Answer watch(String more) throws Exception {
        return http.post("watch", "{\"topicName\":\"" + TOPIC + "\"" + more + "}");
    }

    JsonArray pull(int most) throws Exception {
        JsonElement received =
                subscription("pull", "{\"maxMessages\":" + most + "}").json().get("receivedMessages");
        return received == null ? new JsonArray() : received.getAsJsonArray();
    }

    void acknowledgeAll() throws Exception {
        acknowledge(pull(1_000));
        assertEquals(0, gmail.pubSub().waiting(SUBSCRIPTION));
    }

    void acknowledge(JsonArray received) throws Exception {
        JsonArray ids = new JsonArray();
        received.forEach(message -> ids.add(message.getAsJsonObject().get("ackId")));
        assertEquals(
                200, subscription("acknowledge", "{\"ackIds\":" + ids + "}").status());
    }

    GmailHttp.Answer subscription(String verb, String json) throws Exception {
        return http.send(http.absolute("v1/" + SUBSCRIPTION + ":" + verb).POST(BodyPublishers.ofString(json)));
    }

    static String messageId(JsonArray received, int index) {
        JsonObject message = received.get(index).getAsJsonObject().getAsJsonObject("message");
        return message.get("messageId").getAsString();
    }

    static JsonObject data(JsonObject message) {
        byte[] decoded = Base64.getDecoder().decode(message.get("data").getAsString());
        return JsonParser.parseString(new String(decoded, StandardCharsets.UTF_8))
                .getAsJsonObject();
    }
}
