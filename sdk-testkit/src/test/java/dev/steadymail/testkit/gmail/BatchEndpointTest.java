package dev.steadymail.testkit.gmail;

import static dev.steadymail.testkit.gmail.GmailHttp.part;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;
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

    @Test
    void batch_shuffled_keepsEachAnswerWithItsId() throws Exception {
        String id = mailbox.add(TestMail.plain("a"), "INBOX");
        gmail.inject(GmailFault.shuffledParts(7));
        String text = http.batch(
                        "batch",
                        part("1", "GET", "messages/" + id + "?format=minimal", ""),
                        part("2", "GET", "messages/gone", ""),
                        part("3", "GET", "profile", ""),
                        part("4", "GET", "labels", ""))
                .text();
        assertEquals(List.of("1", "2", "4", "3"), contentIds(text));
        assertTrue(text.contains("<response-2>\r\n\r\nHTTP/1.1 404"));
        assertTrue(text.contains("<response-4>\r\n\r\nHTTP/1.1 200"));
    }

    @Test
    void batch_missingPart_hasTakenEffectAndIsNotAnswered() throws Exception {
        String id = mailbox.add(TestMail.plain("a"), "INBOX");
        gmail.inject(GmailFault.missingPart().inPart(2));
        String text = http.batch(
                        "batch/gmail/v1",
                        part("1", "GET", "profile", ""),
                        part("2", "POST", "messages/" + id + "/trash", ""),
                        part("3", "GET", "profile", ""))
                .text();
        assertEquals(List.of("1", "3"), contentIds(text));
        assertEquals(List.of("TRASH"), mailbox.message(id).labelIds());
    }

    @Test
    void batch_cutInTheMiddle_endsWithoutItsLastLine() throws Exception {
        gmail.inject(GmailFault.cutBody(120).onCall("batch"));
        GmailHttp.Answer cut = http.batch("batch", part("1", "GET", "profile", ""), part("2", "GET", "labels", ""));
        assertEquals(200, cut.status());
        assertEquals(120, cut.body().length);
        gmail.inject(GmailFault.truncate(120).onCall("batch"));
        assertThrows(IOException.class, () -> http.batch("batch", part("1", "GET", "labels", "")));
    }

    @Test
    void batch_refusedAsAWhole_executesNothing() throws Exception {
        String id = mailbox.add(TestMail.plain("a"), "INBOX");
        gmail.inject(GmailFaults.badGateway().onCall("batch"));
        GmailHttp.Answer refused = http.batch("batch", part("1", "POST", "messages/" + id + "/trash", ""));
        assertEquals(502, refused.status());
        assertTrue(refused.text().startsWith("<!DOCTYPE html>"));
        assertEquals(List.of("INBOX"), mailbox.message(id).labelIds());
    }

    @Test
    void batch_partWithoutValidToken_gets401Alone() throws Exception {
        String text = http.batch(
                        "batch",
                        part("1", "GET", "profile", "", "Authorization: Bearer over\r\n"),
                        part("2", "GET", "profile", ""))
                .text();
        assertTrue(text.contains("<response-1>\r\n\r\nHTTP/1.1 401 Unauthorized"));
        assertTrue(text.contains("<response-2>\r\n\r\nHTTP/1.1 200"));
        gmail.inject(GmailFaults.unauthorized().inPart(2));
        String second = http.batch("batch", part("1", "GET", "profile", ""), part("2", "GET", "profile", ""))
                .text();
        assertTrue(second.contains("<response-1>\r\n\r\nHTTP/1.1 200"));
        assertTrue(second.contains("<response-2>\r\n\r\nHTTP/1.1 401"));
    }

    private GmailHttp.Answer batch(String path, String parts) throws Exception {
        return http.batch(path, parts);
    }

    private static List<String> contentIds(String answer) {
        return Pattern.compile("Content-ID: <response-(\\w+)>")
                .matcher(answer)
                .results()
                .map(found -> found.group(1))
                .toList();
    }
}
