package dev.steadymail.testkit.gmail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class FaultsTest extends GmailTestCase {

    @Test
    void status_meetsOnlyMatchingCallsAndRunsOut() throws Exception {
        gmail.inject(GmailFault.status(403, "userRateLimitExceeded", "User-rate limit exceeded.")
                .onPath("/messages$")
                .onMethod("get")
                .skip(1)
                .times(2)
                .retryAfter(Duration.ofSeconds(7))
                .header("X-Trace", "t"));
        assertEquals(200, http.get("profile").status());
        assertEquals(200, http.get("messages").status());
        GmailHttp.Answer refused = http.get("messages");
        assertEquals(403, refused.status());
        assertEquals("7", refused.response().headers().firstValue("Retry-After").orElseThrow());
        assertEquals("t", refused.response().headers().firstValue("X-Trace").orElseThrow());
        JsonObject detail = refused.json()
                .getAsJsonObject("error")
                .getAsJsonArray("errors")
                .get(0)
                .getAsJsonObject();
        assertEquals("usageLimits", detail.get("domain").getAsString());
        assertEquals("userRateLimitExceeded", detail.get("reason").getAsString());
        assertEquals(403, http.get("messages").status());
        assertEquals(200, http.get("messages").status());
    }

    @Test
    void status_withOwnBody_isSentAsItIs() throws Exception {
        gmail.inject(GmailFault.status(502, "text/html", "<html>Bad Gateway</html>", Map.of()));
        GmailHttp.Answer gateway = http.get("profile");
        assertEquals(502, gateway.status());
        assertEquals("<html>Bad Gateway</html>", gateway.text());
    }

    @Test
    void status_afterEffect_isAnsweredAlthoughTheCallWasExecuted() throws Exception {
        String id = mailbox.add(TestMail.plain("a"), "INBOX");
        gmail.inject(GmailFaults.unavailable()
                .onMethod("POST")
                .retryAfter(Duration.ofSeconds(7))
                .afterEffect());
        GmailHttp.Answer answer = http.post("messages/" + id + "/trash", "");
        assertEquals(503, answer.status());
        assertEquals("7", answer.response().headers().firstValue("Retry-After").orElseThrow());
        assertTrue(mailbox.message(id).labelIds().contains("TRASH"));
        assertThrows(IllegalStateException.class, () -> GmailFault.resetAfter().afterEffect());
    }

    @Test
    void resetBefore_changesNothing() {
        String id = mailbox.add(TestMail.plain("a"), "INBOX");
        gmail.inject(GmailFault.resetBefore().onMethod("POST"));
        assertThrows(IOException.class, () -> http.post("messages/" + id + "/trash", ""));
        assertEquals(List.of("INBOX"), mailbox.message(id).labelIds());
        assertEquals(0, gmail.log().get(0).status());
    }

    @Test
    void resetAfter_hasTakenEffect() {
        String id = mailbox.add(TestMail.plain("a"), "INBOX");
        gmail.inject(GmailFault.resetAfter().onMethod("POST"));
        assertThrows(IOException.class, () -> http.post("messages/" + id + "/trash", ""));
        assertEquals(List.of("TRASH"), mailbox.message(id).labelIds());
    }

    @Test
    void truncate_endsInTheMiddleOfTheBody() throws Exception {
        gmail.inject(GmailFault.truncate(10).onPath("/labels"));
        assertThrows(IOException.class, () -> http.get("labels"));
        assertEquals(200, http.get("labels").status());
    }

    @Test
    void delay_holdsTheCallBackAndEndsWithTheServer() throws Exception {
        gmail.inject(GmailFault.delay(Duration.ofMinutes(1)));
        assertThrows(
                HttpTimeoutException.class,
                () -> http.send(http.request("profile").timeout(Duration.ofMillis(200))));
        gmail.inject(GmailFault.delay(Duration.ofMillis(1)), GmailFault.status(503, "backendError", "Backend Error"));
        assertEquals(503, http.get("profile").status());
        gmail.close();
    }

    @Test
    void fault_withValuesOutOfBounds_isRefused() {
        assertThrows(IllegalArgumentException.class, () -> GmailFault.delay(Duration.ofMinutes(2)));
        assertThrows(
                IllegalArgumentException.class, () -> GmailFault.resetAfter().times(0));
        assertThrows(IllegalArgumentException.class, () -> GmailFault.truncate(-1));
        IllegalStateException noStatus = assertThrows(
                IllegalStateException.class, () -> GmailFault.resetAfter().retryAfter(Duration.ofSeconds(1)));
        assertTrue(String.valueOf(noStatus.getMessage()).contains("status fault"));
    }
}
