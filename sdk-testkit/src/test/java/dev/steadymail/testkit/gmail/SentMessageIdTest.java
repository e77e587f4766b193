package dev.steadymail.testkit.gmail;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class SentMessageIdTest {

    @Test
    void replaced_keepsTheOldIdUnderAnotherName() {
        String mail = "Subject: a\r\nmessage-id:\r\n <own@example.com>\r\n\r\nMessage-ID: in the body \u00ff\r\n";
        byte[] replaced = SentMessageId.replaced(mail.getBytes(StandardCharsets.ISO_8859_1), "new@mail");
        String head = "Message-ID: <new@mail>\r\nSubject: a\r\nX-Google-Original-Message-ID:\r\n <own@example.com>";
        String body = "\r\n\r\nMessage-ID: in the body \u00ff\r\n";
        assertEquals(head + body, new String(replaced, StandardCharsets.ISO_8859_1));
        assertEquals(
                "Message-ID: <n@m>\r\nSubject: b",
                new String(
                        SentMessageId.replaced("Subject: b".getBytes(StandardCharsets.US_ASCII), "n@m"),
                        StandardCharsets.US_ASCII));
    }

    @Test
    void send_rewritesOnRequestOnly() throws Exception {
        byte[] mail = TestMail.plain("a", "Message-ID: <own@example.com>");
        try (FakeGmail gmail = FakeGmail.builder()
                .user("ada@example.com", "token-ada")
                .rewriteMessageIds()
                .start()) {
            GmailHttp http = new GmailHttp(gmail, "token-ada");
            String raw = GmailTestCase.raw(mail);
            String sent =
                    http.post("messages/send", "{\"raw\":\"" + raw + "\"}").string("id");
            String stored =
                    new String(gmail.mailbox("ada@example.com").message(sent).raw(), StandardCharsets.UTF_8);
            assertTrue(stored.contains("X-Google-Original-Message-ID: <own@example.com>"));
            assertTrue(stored.startsWith("Message-ID: <CAFake+"));
            assertFalse(
                    http.get("messages?q=rfc822msgid:own@example.com").json().has("messages"));
            String inserted = http.post("messages", "{\"raw\":\"" + raw + "\"}").string("id");
            assertArrayEquals(
                    mail, gmail.mailbox("ada@example.com").message(inserted).raw());
        }
    }
}
