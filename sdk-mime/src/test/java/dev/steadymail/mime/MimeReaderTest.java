package dev.steadymail.mime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MimeReaderTest {
    private static final String TREE = """
            From: Ada <ada@example.com>
            Subject: =?utf-8?q?Gr=C3=BC=C3=9Fe?=
            Date: Sun, 1 Mar 2026 12:00:00 +0000
            Message-ID: <1@example.com>
            Content-Type: multipart/mixed; boundary=out

            preamble
            --out
            Content-Type: multipart/alternative; boundary=alt

            --alt
            Content-Type: text/plain; charset=utf-8
            Content-Transfer-Encoding: quoted-printable

            Gr=C3=BC=C3=9Fe
            --alt
            Content-Type: multipart/related; boundary=rel

            --rel
            Content-Type: text/html

            <p>hi</p>
            --rel
            Content-Type: image/png; name=logo.png
            Content-ID: <logo@x>
            Content-Transfer-Encoding: base64

            AAEC
            --rel--
            --alt--
            --out
            Content-Type: application/pdf
            Content-Disposition: attachment; filename*0*=utf-8''%C3%BC; filename*1=ber.pdf

            %PDF
            --out
            Content-Type: message/rfc822

            Subject: inner

            inner text
            --out--
            epilogue
            """;

    @Test
    void tree_isReadWithItsNumbersAndContents() throws IOException {
        ParsedEmail email = read(TREE);
        assertEquals("Grüße", email.envelope().subject());
        assertEquals("ada@example.com", email.envelope().from().get(0).address());
        assertEquals(Instant.parse("2026-03-01T12:00:00Z"), email.envelope().sentAt());
        assertEquals(List.of("1@example.com"), email.headers().ids("Message-ID"));
        assertEquals(
                List.of("", "1", "1.1", "1.2", "1.2.1", "1.2.2", "2", "3"),
                email.root().walk().map(ParsedPart::partId).toList());
        assertEquals("Grüße", email.text());
        assertEquals("<p>hi</p>", email.html());
        assertEquals(Set.of(), email.limits());
        ParsedPart logo = email.root()
                .walk()
                .filter(part -> "1.2.2".equals(part.partId()))
                .findFirst()
                .orElseThrow();
        assertEquals("logo@x", logo.contentId());
        assertArrayEquals(new byte[] {0, 1, 2}, logo.open().readAllBytes());
        assertArrayEquals(new byte[] {0, 1, 2}, logo.open().readAllBytes(), "opened once more");
        assertEquals("über.pdf", email.attachments().get(1).fileName());
        assertEquals(
                "inner",
                MimeReader.usual()
                        .read(email.attachments().get(2).open())
                        .envelope()
                        .subject());
        assertEquals(8, email.root().asBodyPart().walk().count());
    }

    @Test
    void bodies_areSortedAsJmapSays() throws IOException {
        ParsedEmail email = read(TREE);
        assertEquals(List.of("1.1"), ids(email.textBody()));
        assertEquals(List.of("1.2.1"), ids(email.htmlBody()));
        assertEquals(List.of("1.2.2", "2", "3"), ids(email.attachments()));
    }

    /** The example of RFC 8621 section 4.1.4, its letters as names. */
    @Test
    void exampleOfRfc8621_isSorted() throws IOException {
        String tree = multipart(
                "mixed",
                leaf("text/plain", "A"),
                multipart(
                        "mixed",
                        multipart(
                                "alternative",
                                multipart(
                                        "mixed",
                                        leaf("text/plain", "B"),
                                        leaf("image/jpeg", "C"),
                                        leaf("text/plain", "D")),
                                multipart("related", leaf("text/html", "E"), leaf("image/jpeg", "F"))),
                        leaf("image/jpeg", "G"),
                        leaf("application/x-excel", "H"),
                        leaf("message/rfc822", "J")),
                leaf("text/plain", "K"));
        ParsedEmail email = read(tree);
        assertEquals(List.of("A", "B", "C", "D", "G", "K"), letters(email.textBody()));
        assertEquals(List.of("A", "E", "G", "K"), letters(email.htmlBody()));
        assertEquals(List.of("C", "F", "H", "J"), letters(email.attachments()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "utf-8|R3LDvMOfZQ==|Grüße",
                "iso-8859-1|R3L832U=|Grüße",
                "iso-8859-1|R3LDvMOfZQ==|Grüße",
                "us-ascii|R3L832U=|Grüße",
                "x-none|R3L832U=|Grüße",
                "gb2312|xOO6ww==|你好",
                "shift_jis|k/qWew==|日本",
                "utf-16|/v8AQQ==|A",
                "iso-2022-jp|GyRCRnxLXBsoQg==|日本",
            })
    void charset_isWhatTheOctetsAre(String name, String base64, String text) throws IOException {
        ParsedEmail email = read("Content-Type: text/plain; charset=" + name + "\nContent-Transfer-Encoding: base64\n\n"
                + base64 + "\n");
        assertEquals(text, email.text());
    }

    @Test
    void oldHeadersWithoutEncoding_areRead() throws IOException {
        byte[] latin = "Subject: Gr\u00fc\u00dfe\n\nx".getBytes(StandardCharsets.ISO_8859_1);
        assertEquals(
                "Grüße",
                MimeReader.usual()
                        .read(new ByteArrayInputStream(latin))
                        .envelope()
                        .subject());
        byte[] utf8 = "Subject: Gr\u00fc\u00dfe\n\nx".getBytes(StandardCharsets.UTF_8);
        assertEquals(
                "Grüße",
                MimeReader.usual()
                        .read(new ByteArrayInputStream(utf8))
                        .envelope()
                        .subject());
    }

    @Test
    void messageThatEndsAnywhere_isReadUntilThere() throws IOException {
        for (int length = 0; length <= TREE.length(); length++) {
            ParsedEmail email = read(TREE.substring(0, length));
            assertTrue(email.root().walk().count() <= 8, "cut at " + length);
        }
    }

    @Test
    void randomOctets_areRead() throws IOException {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int round = 0; round < 3_000; round++) {
            byte[] octets = TREE.getBytes(StandardCharsets.UTF_8);
            for (int change = 0; change < 1 + random.nextInt(20); change++) {
                octets[random.nextInt(octets.length)] = random.nextInt(3) == 0
                        ? (byte) "\r\n-;=\":".charAt(random.nextInt(7))
                        : (byte) random.nextInt();
            }
            ParsedEmail email = MimeReader.usual().read(new ByteArrayInputStream(octets));
            assertTrue(email.root().walk().count() >= 1, "seed " + seed);
            email.root().walk().forEach(part -> {
                assertTrue(part.safeFileName().length() > 0, "seed " + seed);
                assertNotNull(part.text());
            });
        }
    }

    @Test
    void digestsPart_isAMessage() throws IOException {
        ParsedEmail email = read("Content-Type: multipart/digest; boundary=b\n\n--b\n\nSubject: a\n\nx\n--b--\n");
        assertEquals("message/rfc822", email.root().parts().get(0).type());
    }

    @Test
    void multipartWithoutItsBoundary_isShownAsText() throws IOException {
        for (String type : List.of("multipart/mixed; boundary=b", "multipart/alternative")) {
            ParsedEmail email = read("Content-Type: " + type + "\n\n--other\n\nhello\n");
            assertEquals("--other\n\nhello\n", email.text());
            assertEquals(
                    List.of("", "1"),
                    email.root().walk().map(ParsedPart::partId).toList());
        }
    }

    @Test
    void linesThatEndWithCr_areLines() throws IOException {
        ParsedEmail email = read("Subject: a\rContent-Type: multipart/mixed; boundary=b\r\r--b\r\rhello\r--b--\r");
        assertEquals("a", email.envelope().subject());
        assertEquals("hello", email.text());
    }

    @ParameterizedTest
    @CsvSource({"aGVsbG8=,hello", "aGVsbG8,hello", "aGVs bG8*,hello", "aGk=aGk=,hihi", "a,''", "=,''"})
    void base64_isReadToItsLastOctet(String encoded, String text) throws IOException {
        ParsedEmail email = read("Content-Transfer-Encoding: base64\n\n" + encoded);
        assertEquals(text, email.text());
    }

    @Test
    void typeWithoutSemicolon_isTheType() throws IOException {
        assertEquals(
                "application/pdf",
                read("Content-Type: application/pdf name=\"a.pdf\"\n\nx").root().type());
    }

    @ParameterizedTest
    @ValueSource(strings = {"iso-2022-cn", "x-JISAutoDetect", "x-none", "", "\u0000"})
    void charsetsThatOnlyDecode_areNoTrouble(String charset) throws IOException {
        ParsedEmail email =
                read("Content-Type: text/plain; charset=\"" + charset + "\"; name*=" + charset + "''x\n\nhello");
        assertEquals("hello", email.text());
        assertNotNull(email.root().safeFileName());
        assertNotNull(read("Content-Type: multipart/mixed; boundary*=" + charset + "''x\n\n--x\n\ny")
                .root());
    }

    @Test
    void nothing_isInNoList() throws IOException {
        String mixed = multipart("mixed", leaf("text/plain", "A"), leaf("text/html", "B"));
        for (String tree : List.of(
                multipart("alternative", mixed, leaf("text/html", "C")),
                multipart("alternative", mixed),
                multipart("mixed/x", leaf("text/plain", "A"), leaf("application/x-msdownload", "B")))) {
            ParsedEmail email = read(tree);
            Set<ParsedPart> listed = new HashSet<>(email.textBody());
            listed.addAll(email.htmlBody());
            listed.addAll(email.attachments());
            assertEquals(email.root().walk().filter(part -> !part.isMultipart()).count(), listed.size(), tree);
        }
    }

    @Test
    void boundaryThatIsLookedFor_isTheOneThatIsMeasured() throws IOException {
        String other = "x".repeat(120);
        for (String first : List.of("boundary=a", "boundary*=a", "boundary*0=a")) {
            ParsedEmail email = read(
                    "Content-Type: multipart/mixed; " + first + "; boundary=" + other + "\n\n--" + other + "\n\ny\n");
            boolean split =
                    email.root().parts().stream().anyMatch(part -> part.text().equals("y"));
            assertTrue(!split || email.limits().contains(MimeLimit.BOUNDARY), first);
        }
    }

    @Test
    void deepestTrees_areWalked() throws IOException {
        MimeLimits deepest = new MimeLimits(250, 10_000, 1 << 16, 1 << 20, 1 << 20);
        ParsedEmail email = MimeReader.within(deepest).read(Bombs.DEPTH.of(1_000));
        assertTrue(email.root().walk().count() > 250);
        assertTrue(email.root().asBodyPart().walk().count() > 250);
    }

    @Test
    void emptyMessage_isEmpty() throws IOException {
        ParsedEmail email = read("");
        assertEquals("", email.text());
        assertEquals("1", email.root().partId());
        assertNull(email.root().fileName());
    }

    @Test
    void failureOfTheStream_isTold() {
        IOException broken = new IOException("broken");
        InputStream failing = new InputStream() {
            @Override
            public int read() throws IOException {
                throw broken;
            }

            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                throw broken;
            }
        };
        InputStream start = new ByteArrayInputStream("Subject: a\n\n".getBytes(StandardCharsets.US_ASCII));
        assertSame(
                broken,
                assertThrows(
                        IOException.class, () -> MimeReader.usual().read(new SequenceInputStream(start, failing))));
    }

    @Test
    void nothingOfAMessage_isInTexts() throws IOException {
        ParsedEmail email = read(TREE.replace("Ada", "c4n4ry").replace("hi", "c4n4ry"));
        String shown =
                email.toString() + email.root() + email.headers() + email.root().parts();
        assertTrue(!shown.contains("c4n4ry"), shown);
    }

    private static ParsedEmail read(String message) throws IOException {
        return MimeReader.usual().read(new ByteArrayInputStream(message.getBytes(StandardCharsets.UTF_8)));
    }

    private static List<String> ids(List<ParsedPart> parts) {
        return parts.stream().map(ParsedPart::partId).toList();
    }

    private static List<String> letters(List<ParsedPart> parts) {
        return parts.stream().map(part -> part.text().strip()).toList();
    }

    private static String leaf(String type, String letter) {
        return "Content-Type: " + type + "\n\n" + letter;
    }

    private static String multipart(String kind, String... parts) {
        String boundary = "b" + Integer.toHexString(List.of(parts).hashCode()) + "e";
        StringBuilder text = new StringBuilder("Content-Type: multipart/" + kind + "; boundary=" + boundary + "\n\n");
        for (String part : parts) {
            text.append("--").append(boundary).append('\n').append(part).append('\n');
        }
        return text.append("--").append(boundary).append("--\n").toString();
    }
}
