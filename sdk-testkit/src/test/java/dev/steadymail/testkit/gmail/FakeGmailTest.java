package dev.steadymail.testkit.gmail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class FakeGmailTest extends GmailTestCase {

    @Test
    void unknownAndExpiredTokens_get401() throws Exception {
        assertEquals(401, new GmailHttp(gmail, "nonsense").get("profile").status());
        assertEquals(ADA, http.get("profile").string("emailAddress"));
        gmail.expireToken("token-ada");
        GmailHttp.Answer refused = http.get("profile");
        assertEquals(401, refused.status());
        assertTrue(refused.text().contains("UNAUTHENTICATED"));
    }

    @Test
    void anotherUsersMailbox_is403() throws Exception {
        assertEquals(
                403,
                http.send(http.absolute("gmail/v1/users/bea@example.com/profile"))
                        .status());
        assertEquals(
                200,
                http.send(http.absolute("gmail/v1/users/ada@example.com/profile"))
                        .status());
    }

    @Test
    void refreshToken_givesAWorkingAccessTokenUntilRevoked() throws Exception {
        GmailHttp.Answer token = token("grant_type=refresh_token&client_id=c&refresh_token=refresh-ada");
        assertEquals(3_599, token.json().get("expires_in").getAsInt());
        assertEquals(
                200,
                new GmailHttp(gmail, token.string("access_token"))
                        .get("profile")
                        .status());
        gmail.revokeRefreshToken("refresh-ada");
        GmailHttp.Answer refused = token("grant_type=refresh_token&refresh_token=refresh-ada");
        assertEquals(400, refused.status());
        assertEquals("invalid_grant", refused.string("error"));
        assertEquals("unsupported_grant_type", token("grant_type=password").string("error"));
    }

    @Test
    void fields_cutTheReplyDown() throws Exception {
        mailbox.add(TestMail.plain("a"), "INBOX");
        String json = http.get("messages?fields=messages(id),nextPageToken").text();
        assertTrue(json.matches("\\{\"messages\":\\[\\{\"id\":\"\\p{XDigit}{16}\"}]}"), json);
        assertEquals(
                "{\"labels\":[{\"id\":\"INBOX\"},",
                http.get("labels?fields=labels/id").text().substring(0, 26));
        assertEquals(400, http.get("labels?fields=labels(id").status());
    }

    @Test
    void gzip_isAnsweredWhenAccepted() throws Exception {
        GmailHttp.Answer packed = http.send(http.request("labels").header("Accept-Encoding", "gzip"));
        assertEquals(
                "gzip",
                packed.response().headers().firstValue("Content-Encoding").orElseThrow());
        assertTrue(new String(Gzip.unpack(packed.body()), StandardCharsets.UTF_8).contains("INBOX"));
    }

    @Test
    void longQuery_postedWithMethodOverride_isRead() throws Exception {
        mailbox.add(TestMail.plain("needle"), "INBOX");
        GmailHttp.Answer found = http.send(http.request("messages")
                .header("X-HTTP-Method-Override", "GET")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("q=subject%3Aneedle&maxResults=5")));
        assertEquals(1, found.each("messages", "id").size());
    }

    @Test
    void log_holdsNoQueryAndCanBeCleared() throws Exception {
        http.get("messages?q=secret");
        assertEquals(
                new GmailRequest("GET", "/gmail/v1/users/me/messages", 200, false),
                gmail.log().get(0));
        gmail.clearLog();
        assertTrue(gmail.log().isEmpty());
    }

    @Test
    void close_twice_isHarmlessAndStopsListening() {
        gmail.close();
        gmail.close();
        assertThrows(IOException.class, () -> http.get("profile"));
        assertFalse(Thread.getAllStackTraces().keySet().stream()
                .anyMatch(thread -> thread.getName().startsWith("fake-gmail") && !thread.isDaemon()));
    }

    private GmailHttp.Answer token(String form) throws Exception {
        return http.send(HttpRequest.newBuilder(URI.create(gmail.tokenUrl()))
                .timeout(Duration.ofSeconds(20))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form)));
    }
}
