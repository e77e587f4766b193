package dev.steadymail.testkit.gmail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import dev.steadymail.testkit.time.ManualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class WatchTest extends WatchTestCase {

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
}
