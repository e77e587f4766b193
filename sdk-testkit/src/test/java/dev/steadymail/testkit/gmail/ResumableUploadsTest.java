package dev.steadymail.testkit.gmail;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ResumableUploadsTest extends GmailTestCase {
    private static final int BLOCK = 256 * 1024;
    private static final int LIMIT = 36_700_160;
    private static final byte[] MAIL = mail(2 * BLOCK + 777);

    @Test
    void pieces_arePutTogetherByteForByte() throws Exception {
        String path = start("POST", "messages", "{\"labelIds\":[\"INBOX\"]}");
        GmailHttp.Answer first = piece(path, 0, BLOCK);
        assertEquals(308, first.status());
        assertEquals("bytes=0-" + (BLOCK - 1), range(first));
        assertEquals(308, piece(path, BLOCK, 2 * BLOCK).status());
        GmailHttp.Answer done = piece(path, 2 * BLOCK, MAIL.length);
        assertArrayEquals(MAIL, mailbox.message(done.string("id")).raw());
        assertEquals(List.of("INBOX"), mailbox.message(done.string("id")).labelIds());
    }

    @Test
    void piece_thatIsNoMultipleOf256KiB_isRefused() throws Exception {
        String path = start("POST", "messages", "{}");
        assertEquals(400, piece(path, 0, 1_000).status());
        assertEquals(308, status(path).status());
        assertEquals("", range(status(path)));
        assertEquals(200, piece(path, 0, MAIL.length).status());
    }

    @Test
    void status_afterACut_tellsWhereToGoOn() throws Exception {
        String path = start("POST", "messages", "{}");
        gmail.inject(GmailFault.cutUpload(BLOCK + 5).onCall("messages.insert").onMethod("PUT"));
        assertThrows(IOException.class, () -> piece(path, 0, MAIL.length));
        assertEquals("bytes=0-" + (BLOCK - 1), range(status(path)));
        GmailHttp.Answer done = piece(path, BLOCK, MAIL.length);
        assertArrayEquals(MAIL, mailbox.message(done.string("id")).raw());
        assertEquals(1, mailbox.messages().size());
    }

    @Test
    void lostLastAnswer_isGivenAgainWithoutASecondMessage() throws Exception {
        String path = start("POST", "messages/send", "{}");
        gmail.inject(GmailFault.resetAfter().onMethod("PUT"));
        assertThrows(IOException.class, () -> piece(path, 0, MAIL.length));
        GmailHttp.Answer again = status(path);
        assertEquals(200, again.status());
        assertEquals(1, mailbox.messages().size());
        assertEquals(mailbox.messages().get(0).id(), again.string("id"));
        assertEquals(Map.of("messages.send", 1), gmail.usage(ADA).calls());
    }

    @Test
    void failingPiece_leavesTheSessionAsItWas() throws Exception {
        String path = start("POST", "messages", "{}");
        piece(path, 0, BLOCK);
        gmail.inject(GmailFaults.unavailable().onCall("messages.insert").onMethod("PUT"));
        assertEquals(503, piece(path, BLOCK, MAIL.length).status());
        assertEquals("bytes=0-" + (BLOCK - 1), range(status(path)));
        assertEquals(200, piece(path, BLOCK, MAIL.length).status());
    }

    @Test
    void deadSession_is404() throws Exception {
        String path = start("POST", "messages", "{}");
        piece(path, 0, BLOCK);
        gmail.expireUploads();
        assertEquals(404, status(path).status());
        assertEquals(404, piece(path, BLOCK, MAIL.length).status());
        assertEquals(200, http.get("profile").status());
    }

    @Test
    void everyMethodThatTakesMail_takesItInPieces() throws Exception {
        for (String path : List.of("messages", "messages/import", "messages/send", "drafts")) {
            assertEquals(200, piece(start("POST", path, "{}"), 0, MAIL.length).status(), path);
        }
        String draft = http.get("drafts").each("drafts", "id").get(0);
        GmailHttp.Answer updated = piece(start("PUT", "drafts/" + draft, "{}"), 0, MAIL.length);
        assertEquals(draft, updated.string("id"));
        assertEquals(4, mailbox.messages().size());
        mailbox.messages().forEach(message -> assertArrayEquals(MAIL, message.raw()));
        assertEquals(
                404,
                http.send(http.absolute("upload/gmail/v1/users/me/labels?uploadType=resumable")
                                .POST(BodyPublishers.noBody()))
                        .status());
    }

    @Test
    void tooLargeMessage_is413InEachWay() throws Exception {
        GmailHttp.Answer announced = http.send(http.absolute("upload/gmail/v1/users/me/messages?uploadType=resumable")
                .header("X-Upload-Content-Length", Integer.toString(LIMIT + 1))
                .POST(BodyPublishers.noBody()));
        assertEquals(413, announced.status());
        byte[] large = mail(LIMIT + 1);
        GmailHttp.Answer media = http.send(http.absolute("upload/gmail/v1/users/me/messages?uploadType=media")
                .POST(BodyPublishers.ofByteArray(large)));
        assertEquals(413, media.status());
        assertEquals(413, media.json().getAsJsonObject("error").get("code").getAsInt());
        GmailHttp.Answer largest = http.send(http.absolute("upload/gmail/v1/users/me/messages?uploadType=media")
                .POST(BodyPublishers.ofByteArray(Arrays.copyOf(large, LIMIT))));
        assertEquals(200, largest.status());
        assertEquals(0, mailbox.messages().size() - 1);
    }

    private String start(String method, String below, String json) throws Exception {
        HttpRequest.Builder announcement = http.absolute("upload/gmail/v1/users/me/" + below + "?uploadType=resumable")
                .method(method, BodyPublishers.ofString(json));
        GmailHttp.Answer session = http.send(announcement);
        assertEquals(200, session.status(), below);
        String location = session.response().headers().firstValue("Location").orElseThrow();
        return location.substring(gmail.rootUrl().length());
    }

    private GmailHttp.Answer piece(String path, int from, int to) throws Exception {
        return http.send(http.absolute(path)
                .header("Content-Range", "bytes " + from + "-" + (to - 1) + "/" + MAIL.length)
                .PUT(BodyPublishers.ofByteArray(MAIL, from, to - from)));
    }

    private GmailHttp.Answer status(String path) throws Exception {
        return http.send(http.absolute(path)
                .header("Content-Range", "bytes */" + MAIL.length)
                .PUT(BodyPublishers.noBody()));
    }

    private static String range(GmailHttp.Answer answer) {
        return answer.response().headers().firstValue("Range").orElse("");
    }

    private static byte[] mail(int size) {
        byte[] bytes = new byte[size];
        for (int i = 0; i < size; i++) {
            bytes[i] = (byte) (i % 251);
        }
        byte[] head = "To: bob@example.org\r\nSubject: large\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(head, 0, bytes, 0, head.length);
        return bytes;
    }
}
