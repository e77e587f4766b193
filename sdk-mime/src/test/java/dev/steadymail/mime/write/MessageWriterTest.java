package dev.steadymail.mime.write;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.steadymail.mail.EmailAddress;
import dev.steadymail.mail.OutgoingEmail;
import dev.steadymail.mail.OutgoingPart;
import dev.steadymail.mail.RawContent;
import dev.steadymail.mime.MimeReader;
import dev.steadymail.mime.ParsedEmail;
import dev.steadymail.mime.ParsedPart;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MessageWriterTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final EmailAddress ADA = new EmailAddress("Ada", "ada@example.com");
    private static final EmailAddress BOB = new EmailAddress(null, "bob@example.org");

    private final MessageWriter writer = MessageWriter.create(InstantSource.fixed(NOON));

    @Test
    void plainText_isReadBack() throws IOException {
        OutgoingEmail email = OutgoingEmail.from(ADA)
                .to(BOB)
                .subject("Grüße")
                .text("How are you?\n\nFrom here\n.\n trailing \nüber")
                .inReplyTo("1@example.org", List.of("0@example.org"));
        ParsedEmail read = read(writer.write(email));
        assertEquals("Grüße", read.envelope().subject());
        assertEquals(NOON, read.envelope().sentAt());
        assertEquals(List.of(ADA), read.envelope().from());
        assertEquals(List.of(email.messageId()), read.headers().ids("Message-ID"));
        assertEquals(List.of("0@example.org", "1@example.org"), read.headers().ids("References"));
        assertEquals("<1@example.org>", read.envelope().inReplyTo());
        assertEquals(email.text(), read.text().replace("\r\n", "\n"));
        assertEquals("text/plain", read.root().type());
    }

    @Test
    void allKindsOfParts_areWhereReadersLookForThem() throws IOException {
        RawContent octets = RawContent.of(new byte[] {0, 1, 13, 10, -1});
        ParsedEmail read = read(writer.write(OutgoingEmail.from(ADA)
                .to(BOB)
                .text("text")
                .html("<img src='cid:logo@x'>")
                .with(new OutgoingPart("logo.png", "image/png", octets, "logo@x"))
                .with(new OutgoingPart("über den Bericht.pdf", "application/pdf", octets, null))));
        assertEquals(
                List.of(
                        "multipart/mixed",
                        "multipart/alternative",
                        "text/plain",
                        "multipart/related",
                        "text/html",
                        "image/png",
                        "application/pdf"),
                read.root().walk().map(ParsedPart::type).toList());
        assertEquals("text", read.text());
        assertEquals("<img src='cid:logo@x'>", read.html());
        ParsedPart pdf = read.attachments().get(1);
        assertEquals("über den Bericht.pdf", pdf.fileName());
        assertArrayEquals(new byte[] {0, 1, 13, 10, -1}, pdf.open().readAllBytes());
        assertEquals("logo@x", read.attachments().get(0).contentId());
    }

    @Test
    void bcc_isWrittenWhereItIsAskedForOnly() throws IOException {
        OutgoingEmail email = OutgoingEmail.from(ADA).to(BOB).bcc(new EmailAddress(null, "eve@example.net"));
        assertFalse(text(writer.write(email)).contains("eve@"));
        assertTrue(text(writer.keepingBcc().write(email)).contains("Bcc: eve@example.net"));
        assertEquals(List.of("bob@example.org", "eve@example.net"), email.recipients());
    }

    /** Threats 24 and 25: one message and the intended fields, whatever stands in texts and names. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "a\r\nBcc: eve@example.net",
                "a\nBcc: eve@example.net",
                "a\rBcc: eve@example.net",
                "a\r\n\r\n<script>",
                "a\u0000b",
                "a\u2028Bcc: eve@example.net",
                "a\u0085Bcc: x",
                "\u760d\u760aBcc: eve@example.net",
                "\u010d\u010aBcc: x",
                "=?utf-8?q?a=0d=0aBcc:_x?=",
                "\"; name=\"x",
                "a\\",
                "<eve@example.net>",
                "eve@example.net, x",
                "\ud800",
                "\r\n.\r\nMAIL FROM:<eve@example.net>",
            })
    void hostileTexts_makeNoFields(String hostile) throws IOException {
        byte[] octets = writer.write(OutgoingEmail.from(new EmailAddress(hostile, "ada@example.com"))
                .to(new EmailAddress(hostile, "bob@example.org"))
                .replyTo(new EmailAddress(hostile, "bob@example.org"))
                .subject(hostile)
                .text(hostile)
                .html(hostile)
                .with(new OutgoingPart(hostile, "application/pdf", RawContent.of(new byte[1]), null)));
        assertSound(octets);
        ParsedEmail read = read(octets);
        assertEquals(
                Set.of("Date", "From", "Reply-To", "To", "Subject", "Message-ID", "MIME-Version", "Content-Type"),
                new TreeSet<>(read.headers().names()));
        assertEquals(8, read.headers().names().size());
        assertEquals(1, read.envelope().to().size());
        assertEquals("bob@example.org", read.envelope().to().get(0).address());
        assertEquals("ada@example.com", read.envelope().from().get(0).address());
        assertEquals(1, read.attachments().size());
        assertEquals(List.of("text/plain", "text/html"), kinds(read));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "ada",
                "@example.com",
                "a b@example.com",
                "a\r\nb@example.com",
                "a@example.com\r\nBcc: x",
                "a@example.com>",
                "a@exa\u0000mple.com",
                "a@b, c@d",
                "a@\u760d\u760a@example.com",
                "\u760a \u760d@example.com",
                "\u037e@example.com",
                "\u1fefa\u0085@example.com",
                "a\u2028b@example.com",
                "\"a\u0085b\"@example.com",
                "a\u00a0b@example.com",
                "a\u3000b@example.com",
                "a\u202eb@example.com",
                "a\ufeff@example.com",
                "\ud800@example.com",
                "\uffff@example.com",
                "\"ü\\ü\"@example.com",
                "\"a\r\n\"@example.com",
                "a@b c",
                "a@[127.0.0.1]",
                "a@ex_ample.com",
                "a@..",
                "a@.",
                "a@\u3002",
                "a@b..c",
            })
    void whatIsNoAddress_isRefused(String address) {
        EmailAddress hostile = new EmailAddress(null, address);
        assertThrows(IllegalArgumentException.class, () -> OutgoingEmail.from(hostile));
        assertThrows(
                IllegalArgumentException.class, () -> OutgoingEmail.from(ADA).to(hostile));
        assertThrows(
                IllegalArgumentException.class, () -> OutgoingEmail.from(ADA).bcc(hostile));
    }

    @Test
    void domains_areWrittenInAscii() throws IOException {
        OutgoingEmail email = OutgoingEmail.from(ADA).to(new EmailAddress("Jörg", "\"j b\"@bücher.example"));
        assertTrue(text(writer.write(email)).contains("<\"j b\"@xn--bcher-kva.example>"));
    }

    @Test
    void domainThatIsLongInAscii_isRefused() {
        EmailAddress longest = new EmailAddress(null, "a@" + "ü.".repeat(125) + "ü");
        assertThrows(
                IllegalArgumentException.class, () -> OutgoingEmail.from(ADA).to(longest));
    }

    @Test
    void hostileIdsAndTypes_areRefused() {
        OutgoingEmail email = OutgoingEmail.from(ADA);
        for (String id : List.of("", "a b", "a\r\nb", "a>b", "ü")) {
            assertThrows(IllegalArgumentException.class, () -> email.messageId(id));
            assertThrows(IllegalArgumentException.class, () -> email.inReplyTo(id, List.of()));
        }
        assertEquals(List.of("1@x"), email.inReplyTo("1@x", List.of("a\r\nb")).references());
        RawContent none = RawContent.of(new byte[0]);
        for (String type : List.of(
                "", "a", "a/b; c=d", "a/b\r\n", "multipart/mixed", "message/rfc822", "Message/RFC822", "Multipart/x")) {
            assertThrows(IllegalArgumentException.class, () -> new OutgoingPart("a", type, none, null));
        }
        assertThrows(IllegalArgumentException.class, () -> new OutgoingPart("a", "a/b", none, "x>\r\n"));
    }

    /** RFC 6532: only the fields that hold such an address have UTF-8. */
    @Test
    void addressesBeyondAscii_areWrittenAsUtf8WhereTheyStand() throws IOException {
        EmailAddress joerg = new EmailAddress("Jörg", "jörg@bücher.example");
        OutgoingEmail email = OutgoingEmail.from(ADA).to(joerg).cc(BOB).subject("Grüße");
        byte[] octets = writer.write(email);
        assertSound(octets, true);
        List<String> beyond = new String(octets, StandardCharsets.UTF_8)
                .lines()
                .filter(line -> line.chars().anyMatch(c -> c > '~'))
                .toList();
        assertEquals(List.of(" <jörg@xn--bcher-kva.example>"), beyond);
        assertEquals(
                List.of(new EmailAddress("Jörg", "jörg@xn--bcher-kva.example")),
                read(octets).envelope().to());
    }

    @Test
    void needsUtf8_isForLocalPartsAlone() {
        EmailAddress joerg = new EmailAddress(null, "jörg@example.com");
        OutgoingEmail ascii = OutgoingEmail.from(ADA)
                .to(new EmailAddress("Jörg", "joerg@bücher.example"))
                .subject("Grüße");
        assertFalse(ascii.needsUtf8());
        assertTrue(OutgoingEmail.from(joerg).needsUtf8());
        assertTrue(ascii.to(joerg).needsUtf8());
        assertTrue(ascii.cc(joerg).needsUtf8());
        assertTrue(ascii.bcc(joerg).needsUtf8());
        assertTrue(ascii.replyTo(joerg).needsUtf8());
    }

    @Test
    void addresses_areNormalized() {
        OutgoingEmail email = OutgoingEmail.from(ADA)
                .to(new EmailAddress(null, "jo\u0308rg@example.com"), new EmailAddress(null, "j\u00f6rg@example.com"));
        assertEquals(List.of("j\u00f6rg@example.com"), email.recipients());
        assertEquals(
                List.of("K@example.com"),
                email.to(new EmailAddress(null, "\u212a@example.com")).recipients().stream()
                        .skip(1)
                        .toList());
    }

    @Test
    void addresses_areMeasuredInOctets() {
        assertTrue(OutgoingEmail.accepts("ü".repeat(32) + "@example.com"));
        assertFalse(OutgoingEmail.accepts("ü".repeat(32) + "a@example.com"));
        assertTrue(OutgoingEmail.accepts('"' + "ü".repeat(31) + "\"@example.com"));
        assertFalse(OutgoingEmail.accepts('"' + "ü".repeat(32) + "\"@example.com"));
        assertFalse(OutgoingEmail.accepts('"' + "\\a".repeat(32) + "\"@example.com"));
        String domain = "a.".repeat(100) + "example";
        assertTrue(OutgoingEmail.accepts("ü".repeat(23) + "@" + domain));
        assertFalse(OutgoingEmail.accepts("ü".repeat(23) + "a@" + domain));
    }

    /** Characters whose lower octet is CR, LF or NUL: a writer that cuts them makes line ends. */
    @Test
    void charactersThatCutToLineEnds_makeNoFields() throws IOException {
        for (int high = 1; high < 256; high++) {
            for (int low : new int[] {0x0d, 0x0a, 0x00}) {
                String letter = Character.toString(high << 8 | low);
                String address = "a" + letter + "Bcc@example.com";
                if (OutgoingEmail.accepts(address)) {
                    EmailAddress odd = new EmailAddress(letter, address);
                    byte[] octets =
                            writer.write(OutgoingEmail.from(odd).to(odd).cc(odd).replyTo(odd));
                    assertSound(octets, true);
                    ParsedEmail read = read(octets);
                    assertEquals(10, read.headers().names().size(), Integer.toHexString(high << 8 | low));
                    assertEquals(
                            OutgoingEmail.from(odd).from().address(),
                            read.envelope().cc().get(0).address());
                }
            }
        }
    }

    /** The law: what is written is read as it was. */
    @Test
    void randomEmails_areReadBack() throws IOException {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int round = 0; round < 400; round++) {
            String subject = RandomText.line(random);
            String name = RandomText.line(random);
            String fileName = RandomText.line(random);
            String text = RandomText.lines(random);
            byte[] file = new byte[random.nextInt(500)];
            random.nextBytes(file);
            OutgoingEmail email = OutgoingEmail.from(new EmailAddress(name, RandomText.address(random)))
                    .to(BOB, new EmailAddress(null, RandomText.address(random)));
            byte[] octets = writer.write(email.subject(subject)
                    .text(text)
                    .with(new OutgoingPart(fileName, "application/pdf", RawContent.of(file), null)));
            String hint = "seed " + seed + ", round " + round;
            assertSound(octets, email.needsUtf8());
            ParsedEmail read = read(octets);
            assertEquals(email.from().address(), read.envelope().from().get(0).address(), hint);
            assertEquals(email.to(), read.envelope().to(), hint);
            assertEquals(subject, read.envelope().subject(), hint);
            String readName = read.envelope().from().get(0).name();
            assertEquals(name, readName == null ? "" : readName, hint);
            assertEquals(text, read.text().replace("\r\n", "\n"), hint);
            ParsedPart part = read.attachments().get(0);
            assertEquals(fileName, part.fileName() == null ? "" : part.fileName(), hint);
            assertArrayEquals(file, part.open().readAllBytes(), hint);
        }
    }

    /** ASCII, lines of 998 octets at most, each ended by CRLF, neither alone; fields folded at 78 but for what cannot be. */
    private static void assertSound(byte[] octets) {
        assertSound(octets, false);
    }

    private static void assertSound(byte[] octets, boolean utf8) {
        String text = text(octets);
        assertTrue(text.chars()
                .allMatch(c -> (utf8 && c > 0x7f) || c == '\r' || c == '\n' || c == '\t' || (c >= ' ' && c <= '~')));
        String bare = text.replace("\r\n", "");
        assertFalse(bare.contains("\r") || bare.contains("\n"));
        assertTrue(text.lines().allMatch(line -> line.length() <= 998));
    }

    private static List<String> kinds(ParsedEmail read) {
        return read.root()
                .walk()
                .map(ParsedPart::type)
                .filter(type -> type.startsWith("text/"))
                .toList();
    }

    private static ParsedEmail read(byte[] octets) throws IOException {
        return MimeReader.usual().read(new ByteArrayInputStream(octets));
    }

    private static String text(byte[] octets) {
        return new String(octets, StandardCharsets.ISO_8859_1);
    }
}
