package dev.steadymail.testkit.gmail;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

final class UploadResourceTest extends GmailTestCase {
    private static final byte[] DATED = TestMail.plain("dated", "Date: Mon, 5 Jan 2026 10:00:00 +0100");

    @Test
    void insert_rawJson_keepsBytesLabelsAndTimeOfArrival() throws Exception {
        GmailHttp.Answer inserted =
                http.post("messages", "{\"raw\":\"" + raw(DATED) + "\",\"labelIds\":[\"INBOX\",\"UNREAD\"]}");
        GmailMessage message = mailbox.message(inserted.string("id"));
        assertArrayEquals(DATED, message.raw());
        assertEquals(List.of("INBOX", "UNREAD"), message.labelIds());
        assertEquals(NOW, message.internalDate());
        assertEquals(400, http.post("messages", "{}").status());
    }

    @Test
    void import_takesTheDateHeader() throws Exception {
        GmailHttp.Answer imported = http.post("messages/import", "{\"raw\":\"" + raw(DATED) + "\"}");
        assertEquals(
                Instant.parse("2026-01-05T09:00:00Z"),
                mailbox.message(imported.string("id")).internalDate());
    }

    @Test
    void internalDateSource_decidesForBoth() throws Exception {
        String body = "{\"raw\":\"" + raw(DATED) + "\"}";
        String inserted =
                http.post("messages?internalDateSource=dateHeader", body).string("id");
        assertEquals(
                Instant.parse("2026-01-05T09:00:00Z"), mailbox.message(inserted).internalDate());
        String imported = http.post("messages/import?internalDateSource=receivedTime", body)
                .string("id");
        assertEquals(NOW, mailbox.message(imported).internalDate());
        assertEquals(400, http.post("messages?internalDateSource=guess", body).status());
    }

    @Test
    void upload_mediaForSendAndDrafts_keepsBytes() throws Exception {
        byte[] mail = TestMail.plain("media");
        for (String path : List.of("messages/send", "messages/import", "drafts")) {
            GmailHttp.Answer answer = http.send(http.absolute("upload/gmail/v1/users/me/" + path + "?uploadType=media")
                    .header("Content-Type", "message/rfc822")
                    .POST(BodyPublishers.ofByteArray(mail)));
            assertEquals(200, answer.status(), path);
        }
        mailbox.messages().forEach(message -> assertArrayEquals(mail, message.raw()));
        assertEquals(3, mailbox.messages().size());
    }

    @Test
    void upload_media_keepsEightBitBytes() throws Exception {
        byte[] bytes = "Subject: x\r\n\r\n\u00e9\u00ff\u0000\r\n".getBytes(StandardCharsets.ISO_8859_1);
        GmailHttp.Answer inserted = http.send(http.absolute("upload/gmail/v1/users/me/messages?uploadType=media")
                .header("Content-Type", "message/rfc822")
                .POST(BodyPublishers.ofByteArray(bytes)));
        assertArrayEquals(bytes, mailbox.message(inserted.string("id")).raw());
    }

    @Test
    void upload_multipartAndGzip_keepsBytesAndLabels() throws Exception {
        byte[] mail = TestMail.withAttachment();
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes("""
                --xx
                Content-Type: application/json

                {"labelIds":["STARRED"]}
                --xx
                Content-Type: message/rfc822
                Content-Transfer-Encoding: binary

                """.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8));
        body.writeBytes(mail);
        body.writeBytes("\r\n--xx--\r\n".getBytes(StandardCharsets.UTF_8));
        GmailHttp.Answer inserted =
                http.send(http.absolute("upload/gmail/v1/users/ada%40example.com/messages?uploadType=multipart")
                        .header("Content-Type", "multipart/related; boundary=\"xx\"")
                        .header("Content-Encoding", "gzip")
                        .POST(BodyPublishers.ofByteArray(Gzip.pack(body.toByteArray()))));
        assertArrayEquals(mail, mailbox.message(inserted.string("id")).raw());
        assertEquals(List.of("STARRED"), mailbox.message(inserted.string("id")).labelIds());
    }

    @Test
    void send_arrivesAtLocalRecipientsAndInSent() throws Exception {
        byte[] mail = TestMail.plain("hi", "Cc: Bea <bea@example.com>");
        GmailHttp.Answer sent = http.post("messages/send", "{\"raw\":\"" + raw(mail) + "\"}");
        assertEquals(
                List.of("SENT", "INBOX", "UNREAD"),
                mailbox.message(sent.string("id")).labelIds());
        assertArrayEquals(
                mail, gmail.mailbox("bea@example.com").messages().get(0).raw());
        byte[] nobody = "Subject: x\r\n\r\nbody".getBytes(StandardCharsets.UTF_8);
        assertEquals(
                400,
                http.post("messages/send", "{\"raw\":\"" + raw(nobody) + "\"}").status());
    }
}
