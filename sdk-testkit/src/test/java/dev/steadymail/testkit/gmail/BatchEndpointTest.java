package dev.steadymail.testkit.gmail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

final class BatchEndpointTest extends GmailTestCase {

    @Test
    void batch_answersEachPartWithItsOwnStatus() throws Exception {
        String id = mailbox.add(TestMail.plain("a"), "INBOX", "UNREAD");
        GmailHttp.Answer answer = batch(
                "batch/gmail/v1",
                part("one", "GET", "messages/" + id + "?format=minimal", "")
                        + part("two", "GET", "messages/gone", "")
                        + part("three", "POST", "messages/" + id + "/modify", "{\"removeLabelIds\":[\"UNREAD\"]}"));
        assertEquals(200, answer.status());
        String text = answer.text();
        assertTrue(text.contains("Content-ID: <response-one>\r\n\r\nHTTP/1.1 200 OK"));
        assertTrue(text.contains("Content-ID: <response-two>\r\n\r\nHTTP/1.1 404 Not Found"));
        assertTrue(text.contains("Content-ID: <response-three>\r\n\r\nHTTP/1.1 200 OK"));
        assertEquals(List.of("INBOX"), mailbox.message(id).labelIds());
        assertEquals(
                List.of(200, 404, 200, 200),
                gmail.log().stream().map(GmailRequest::status).toList());
        assertTrue(gmail.log().get(0).inBatch());
    }

    @Test
    void batch_over100Parts_isRefused() throws Exception {
        String parts = String.join("", Collections.nCopies(101, part("x", "GET", "profile", "")));
        GmailHttp.Answer refused = batch("batch", parts);
        assertEquals(400, refused.status());
        assertTrue(refused.text().contains("Received: 101, Limit: 100"));
        assertEquals(400, batch("batch", "").status());
    }

    @Test
    void batch_faultOnOnePart_leavesTheOthers() throws Exception {
        gmail.inject(GmailFault.status(429, "rateLimitExceeded", "Too many concurrent requests for user")
                .onPath("/profile$")
                .skip(1)
                .retryAfter(Duration.ofSeconds(2)));
        gmail.inject(GmailFault.resetAfter().onPath("/labels$"));
        String text = batch(
                        "batch",
                        part("1", "GET", "profile", "")
                                + part("2", "GET", "profile", "")
                                + part("3", "GET", "labels", ""))
                .text();
        assertTrue(text.contains("<response-1>\r\n\r\nHTTP/1.1 200"));
        assertTrue(text.contains("<response-2>\r\n\r\nHTTP/1.1 429 Too Many Requests\r\n"));
        assertTrue(text.contains("Retry-After: 2\r\n"));
        assertTrue(text.contains("<response-3>\r\n\r\nHTTP/1.1 503"));
    }

    private GmailHttp.Answer batch(String path, String parts) throws Exception {
        return http.send(http.absolute(path)
                .header("Content-Type", "multipart/mixed; boundary=\"end_of_part\"")
                .POST(BodyPublishers.ofString(parts + "--end_of_part--\r\n")));
    }

    private static String part(String id, String method, String path, String body) {
        return "--end_of_part\r\nContent-Type: application/http\r\nContent-ID: <" + id + ">\r\n\r\n" + method
                + " /gmail/v1/users/me/" + path + " HTTP/1.1\r\nContent-Type: application/json\r\n\r\n" + body + "\r\n";
    }
}
