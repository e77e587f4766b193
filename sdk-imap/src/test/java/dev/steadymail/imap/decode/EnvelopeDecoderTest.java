package dev.steadymail.imap.decode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.steadymail.mail.EmailAddress;
import dev.steadymail.mail.Envelope;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class EnvelopeDecoderTest {
    private static final String ANN = "((\"Ann\" NIL \"ann\" \"x.org\"))";
    private static final EmailAddress A = new EmailAddress(null, "a@x.org");

    @Test
    void ordinary() {
        Envelope envelope = Read.envelope("\"Tue, 1 Jul 2025 10:52:37 +0200\" \"Hello\" " + ANN + " " + ANN + " " + ANN
                + " ((NIL NIL \"a\" \"x.org\")(\"\" NIL \"b\" \"x.org\")) NIL NIL \"<i@x>\" \"<m@x>\"");
        List<EmailAddress> ann = List.of(new EmailAddress("Ann", "ann@x.org"));
        List<EmailAddress> to = List.of(A, new EmailAddress("", "b@x.org"));
        Instant sentAt = Instant.parse("2025-07-01T08:52:37Z");
        assertEquals(
                new Envelope("Hello", ann, ann, ann, to, List.of(), List.of(), "<m@x>", "<i@x>", sentAt), envelope);
    }

    @Test
    void equalLists_areShared_othersAreNot() {
        Envelope envelope =
                Read.envelope("NIL NIL " + ANN + " " + ANN + " ((\"Ann\" NIL \"ann\" \"y.org\")) NIL NIL NIL NIL NIL");
        assertSame(envelope.from(), envelope.sender());
        assertNotSame(envelope.from(), envelope.replyTo());
        assertEquals(List.of(new EmailAddress("Ann", "ann@y.org")), envelope.replyTo());
    }

    @Test
    void absentFields() {
        Envelope envelope = Read.envelope("NIL NIL NIL NIL NIL NIL NIL NIL NIL NIL");
        assertEquals("", envelope.subject());
        assertEquals(List.of(), envelope.from());
        assertNull(envelope.messageId());
        assertNull(envelope.inReplyTo());
        assertNull(envelope.sentAt());
        assertEquals(envelope, EnvelopeDecoder.decode(new byte[0]));
    }

    @Test
    void groups_standForTheirMembers() {
        assertEquals(List.of(A), from("(NIL NIL \"g\" NIL)(NIL NIL \"a\" \"x.org\")(NIL NIL NIL NIL)"));
        assertEquals(List.of(), from("(NIL NIL \"undisclosed-recipients\" NIL)(NIL NIL NIL NIL)"));
        assertEquals(List.of(), from("(\"alone\" NIL \"root\" NIL)"));
        assertEquals(
                List.of(A, A), header("From: a@x.org, g: a@x.org, ;, none:;\n").from());
    }

    @Test
    void halfAddresses() {
        assertEquals(List.of(new EmailAddress(null, "x.org")), from("(NIL NIL \"\" \"x.org\")"));
        assertEquals(List.of(new EmailAddress(null, "x.org")), from("(NIL NIL NIL \"x.org\")"));
        assertEquals(List.of(new EmailAddress(null, "a")), from("(NIL NIL \"a\" \"\")"));
    }

    @Test
    void text_isDecoded() {
        assertEquals("caf\u00e9 au lait", subject("\"=?iso-8859-1?Q?caf=E9?= au =?utf-8?B?bGFpdA==?=\""));
        assertEquals("caf\u00e9", subject("\"caf\u00c3\u00a9\""));
        assertEquals("caf\u00e9", subject("\"caf\u00e9\""));
        assertEquals("\u20ac \u00e9", subject("\"\u00e2\u0082\u00ac =?utf-8?Q?=C3=A9?=\""));
        assertEquals("=?no-such?Q?a?=", subject("\"=?no-such?Q?a?=\""));
        assertEquals("a =? b", subject("\"a =? b\""));
        assertEquals("folded in 2", subject("{13}\r\nfolded\r\n in 2"));
        assertEquals("one line", subject("\"=?utf-8?Q?one=0D=0A_line?=\""));
        assertEquals(
                "J\u00fcrgen",
                from("(\"=?utf-8?Q?J=C3=BCr?= =?utf-8?Q?gen?=\" NIL \"a\" \"x.org\")")
                        .get(0)
                        .name());
        assertEquals(
                "j\u00fc@x.org",
                from("(NIL NIL \"j\u00c3\u00bc\" \"x.org\")").get(0).address());
    }

    @Test
    void statedCharset_isObeyed_andDecodedOnce() {
        assertEquals(
                "\u00c3\u00bc",
                from("(\"=?iso-8859-1?Q?=C3=BC?=\" NIL \"a\" \"x.org\")").get(0).name());
        assertEquals(
                "=?utf-8?Q?a?=",
                from("(\"=?utf-8?Q?=3D=3Futf-8=3FQ=3Fa=3F=3D?=\" NIL \"a\" \"x.org\")")
                        .get(0)
                        .name());
        assertEquals(
                "<\u00e9@x>",
                Read.envelope("NIL NIL NIL NIL NIL NIL NIL NIL NIL \"<\u00c3\u00a9@x>\"")
                        .messageId());
    }

    @Test
    void header_isDecoded() {
        Envelope envelope = header("""
                From: =?utf-8?Q?J=C3=BC?=
                 =?utf-8?Q?rgen?= <a@x.org>
                SUBJECT: caf\u00e9
                 au lait
                Sender: "J\u00c3\u00bc, \\"x\\"" <a@x.org>
                To: a@x.org
                To: a@x.org (Ann)
                Bcc:
                Date: Tue, 1 Jul 2025 10:52:37 +0200
                Message-Id: <m@x>
                In-Reply-To: <i@x>

                Subject: body
                """);
        assertEquals(List.of(new EmailAddress("J\u00fcrgen", "a@x.org")), envelope.from());
        assertEquals("caf\u00e9 au lait", envelope.subject());
        assertEquals(List.of(new EmailAddress("J\u00fc, \"x\"", "a@x.org")), envelope.sender());
        assertEquals(List.of(A, new EmailAddress("Ann", "a@x.org")), envelope.to());
        assertEquals(List.of(), envelope.bcc());
        assertEquals(Instant.parse("2025-07-01T08:52:37Z"), envelope.sentAt());
        assertEquals("<m@x>", envelope.messageId());
        assertEquals("<i@x>", envelope.inReplyTo());
    }

    @Test
    void malformedAddresses_areShownAsTheyStand() {
        assertEquals(
                List.of(new EmailAddress(null, "<a@x")), header("From: <a@x\n").from());
        assertEquals(
                List.of(new EmailAddress(null, "\"\u00e9")),
                header("From: \"\u00c3\u00a9\n").from());
    }

    @Test
    void lists_areImmutable() {
        Envelope envelope = Read.envelope("NIL NIL " + ANN + " NIL NIL NIL NIL NIL NIL NIL");
        assertThrows(UnsupportedOperationException.class, () -> envelope.from().add(A));
        assertThrows(UnsupportedOperationException.class, () -> envelope.to().add(A));
    }

    private static Envelope header(String text) {
        return EnvelopeDecoder.decode(text.replace("\n", "\r\n").getBytes(StandardCharsets.ISO_8859_1));
    }

    private static List<EmailAddress> from(String addresses) {
        return Read.envelope("NIL NIL (" + addresses + ") NIL NIL NIL NIL NIL NIL NIL")
                .from();
    }

    private static String subject(String subject) {
        return Read.envelope("NIL " + subject + " NIL NIL NIL NIL NIL NIL NIL NIL")
                .subject();
    }
}
