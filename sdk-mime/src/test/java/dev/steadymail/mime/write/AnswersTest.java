package dev.steadymail.mime.write;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.steadymail.mail.EmailAddress;
import dev.steadymail.mail.OutgoingEmail;
import dev.steadymail.mail.OutgoingPart;
import dev.steadymail.mime.MimeReader;
import dev.steadymail.mime.ParsedEmail;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnswersTest {
    private static final EmailAddress BOB = new EmailAddress("Bob", "bob@example.org");
    private static final String ORIGINAL = """
            From: Ada <ada@example.com>
            To: Bob <BOB@example.org>, eve@example.net, evil@x y
            Cc: Ada <ada@example.com>, joe@example.net, not an address
            Subject: Hello
            Date: Sun, 1 Mar 2026 12:00:00 +0000
            Message-ID: <2@example.com>
            References: <0@example.com> <1@example.com>
            Content-Type: multipart/mixed; boundary=b

            --b
            Content-Type: text/plain

            How are you?
            > before
            --b
            Content-Type: application/pdf; name="../a.pdf"

            %PDF
            --b
            Content-Type: message/rfc822

            Subject: inner

            x
            --b--
            """;

    @Test
    void reply_goesToItsAuthorInTheThread() throws IOException {
        OutgoingEmail email = Answers.reply(read(ORIGINAL), BOB);
        assertEquals(List.of("ada@example.com"), email.recipients());
        assertEquals("Re: Hello", email.subject());
        assertEquals(List.of("0@example.com", "1@example.com", "2@example.com"), email.references());
        assertEquals(
                "\n\nOn 1 Mar 2026 12:00 UTC, Ada <ada@example.com> wrote:\n> How are you?\n>> before\n", email.text());
        assertEquals(List.of(), email.parts());
    }

    @Test
    void replyToAll_goesToEverybodyOnce_butNotToOneself() throws IOException {
        OutgoingEmail email = Answers.replyAll(read(ORIGINAL), BOB);
        assertEquals(List.of("ada@example.com", "eve@example.net", "joe@example.net"), email.recipients());
        assertEquals(List.of(), email.bcc());
    }

    @Test
    void replyAddress_isPreferred() throws IOException {
        ParsedEmail original = read("Reply-To: list@example.com\nSubject: re: x\n" + ORIGINAL);
        OutgoingEmail email = Answers.reply(original, BOB);
        assertEquals(List.of("list@example.com"), email.recipients());
        assertEquals("re: x", email.subject());
    }

    @Test
    void forward_takesTextAndAttachmentsAlong() throws IOException {
        OutgoingEmail email = Answers.forward(read(ORIGINAL), BOB).to(new EmailAddress(null, "joe@example.net"));
        assertEquals("Fwd: Hello", email.subject());
        assertTrue(email.text().contains("From: Ada <ada@example.com>\nDate: 1 Mar 2026 12:00 UTC\nSubject: Hello\n"));
        assertEquals(
                List.of("application/pdf", "application/octet-stream"),
                email.parts().stream().map(OutgoingPart::type).toList());
        assertEquals("a.pdf", email.parts().get(0).fileName());
        assertArrayEquals(
                "%PDF".getBytes(StandardCharsets.US_ASCII),
                email.parts().get(0).content().open().readAllBytes());
        assertEquals(List.of(), email.references());
    }

    @ParameterizedTest
    @ValueSource(strings = {"<>", "<<a@b>", "<a b@c>", "a@b"})
    void idsThatCannotBe_areLeftOut(String id) throws IOException {
        assertEquals(
                List.of(),
                Answers.reply(read("Message-ID: " + id + "\n\nx"), BOB).references());
    }

    @Test
    void forward_losesNothing() throws IOException {
        ParsedEmail original = read("""
                Content-Type: multipart/mixed; boundary=b

                --b
                Content-Type: text/html

                <p>hi</p>
                --b
                Content-Type: image/jpeg
                Content-Disposition: inline; filename=p.jpg

                JPEG
                --b
                Content-Type: text/csv; charset=iso-8859-15; name=a.csv
                Content-Transfer-Encoding: quoted-printable

                =A4
                --b
                Content-Type: message/rfc822

                Subject: inner
                --b--
                """);
        OutgoingEmail email = Answers.forward(original, BOB);
        assertEquals(
                List.of("message.html", "p.jpg", "a.csv", "message.eml"),
                email.parts().stream().map(OutgoingPart::fileName).toList());
        assertEquals("€", new String(email.parts().get(2).content().open().readAllBytes(), StandardCharsets.UTF_8));
    }

    @Test
    void messageOfNothing_canBeAnswered() throws IOException {
        OutgoingEmail email = Answers.reply(read("Message-ID: <a b\u0001@x>\nFrom: nobody\n\n"), BOB);
        assertEquals(List.of(), email.recipients());
        assertEquals(List.of(), email.references());
        assertEquals("Re: ", email.subject());
    }

    private static ParsedEmail read(String message) throws IOException {
        return MimeReader.usual().read(new ByteArrayInputStream(message.getBytes(StandardCharsets.UTF_8)));
    }
}
