package dev.steadymail.mime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** RFC 1847: what is signed is there octet by octet, wherever it stands. */
class SignedContentTest {
    private static final String SIGNED = lines(
            "Content-Type: multipart/alternative; boundary=in",
            "X-Odd:  a \t",
            "",
            "preamble",
            "--in",
            "Content-Type: text/plain; charset=iso-8859-1",
            "",
            "Gr\u00fc\u00dfe  ",
            "",
            "--in--",
            "epilogue ",
            "");

    @Test
    void signedOctets_areExact() throws IOException {
        SignedContent signed = read(message(octets(SIGNED))).orElseThrow();
        assertArrayEquals(octets(SIGNED), signed.open().readAllBytes());
        assertEquals(SIGNED.length(), signed.size());
        assertEquals("application/pgp-signature", signed.protocol());
        assertEquals("pgp-sha512", signed.digest());
        assertEquals("application/pgp-signature", signed.signature().type());
        assertEquals("signature", signed.signature().text());
        assertEquals("Grüße  \r\n", MimeReader.usual().read(signed.open()).text());
    }

    @Test
    void signedPart_isFoundBelowOthersButNotInMessages() throws IOException {
        byte[] inner = message(octets(SIGNED));
        byte[] listed = join(
                octets("Content-Type: multipart/mixed; boundary=list\r\n\r\n--list\r\n\r\nfirst\r\n--list\r\n"),
                inner,
                octets("\r\n--list\r\n\r\nfooter\r\n--list--\r\n"));
        assertArrayEquals(octets(SIGNED), read(listed).orElseThrow().open().readAllBytes());
        byte[] embedded = join(octets("Content-Type: message/rfc822\r\n\r\n"), inner);
        assertTrue(read(embedded).isEmpty());
        assertTrue(read(octets("Subject: a\r\n\r\nb")).isEmpty());
        assertTrue(read(new byte[0]).isEmpty());
    }

    /** The law: whatever is signed comes out as it went in. */
    @Test
    void randomOctets_areExact() throws IOException {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int round = 0; round < 500; round++) {
            byte[] entity = new byte[random.nextInt(20_000)];
            for (int i = 0; i < entity.length; i++) {
                entity[i] =
                        random.nextInt(5) == 0 ? (byte) "\r\n- =".charAt(random.nextInt(5)) : (byte) random.nextInt();
            }
            SignedContent signed = read(message(entity)).orElseThrow();
            assertArrayEquals(entity, signed.open().readAllBytes(), "seed " + seed + ", round " + round);
            assertEquals("signature", signed.signature().text(), "seed " + seed);
        }
    }

    @Test
    void messageThatEndsAnywhere_isReadUntilThere() throws IOException {
        byte[] whole = message(octets(SIGNED));
        for (int length = 0; length <= whole.length; length++) {
            byte[] cut = new byte[length];
            System.arraycopy(whole, 0, cut, 0, length);
            Optional<SignedContent> signed = read(cut);
            byte[] found = signed.isEmpty() ? new byte[0] : signed.get().open().readAllBytes();
            // Half a boundary is none.
            String most = SIGNED + "\r\n--out=_1";
            String text = new String(found, StandardCharsets.ISO_8859_1);
            assertTrue(text.isBlank() || most.startsWith(text), "cut at " + length);
        }
    }

    @Test
    void limits_hold() throws IOException {
        byte[] message = message(octets(SIGNED));
        SignedContent cut = MimeReader.within(new MimeLimits(100, 100, 1 << 16, 1 << 20, 10))
                .readSigned(new ByteArrayInputStream(message))
                .orElseThrow();
        assertTrue(cut.isCut());
        assertEquals(10, cut.size());
        for (Bombs bomb : Bombs.values()) {
            assertTrue(MimeReader.usual().readSigned(bomb.of(1_000)).isEmpty(), bomb.name());
        }
        byte[] longBoundary = octets("Content-Type: multipart/signed; boundary=" + "b".repeat(200) + "\r\n\r\n--"
                + "b".repeat(200) + "\r\n\r\nx");
        assertTrue(read(longBoundary).isEmpty());
    }

    @Test
    void failureOfTheStream_isTold() {
        IOException broken = new IOException("broken");
        FilterInputStream failing = new FilterInputStream(new ByteArrayInputStream(message(octets(SIGNED)))) {
            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                if (in.available() < SIGNED.length()) {
                    throw broken;
                }
                return super.read(buffer, offset, Math.min(length, 10));
            }
        };
        assertSame(
                broken, assertThrows(IOException.class, () -> MimeReader.usual().readSigned(failing)));
    }

    @Test
    void withoutSignature_allIsThere() throws IOException {
        SignedContent signed = read(octets(
                        "Content-Type: multipart/signed; boundary=b\r\n\r\n--b\r\n\r\nc4n4ry\r\n--b--\r\n"))
                .orElseThrow();
        assertEquals("\r\nc4n4ry", new String(signed.open().readAllBytes(), StandardCharsets.ISO_8859_1));
        assertEquals(0, signed.signature().size());
        assertNull(signed.protocol());
        assertEquals("SignedContent[8 octets]", signed.toString());
    }

    private static byte[] message(byte[] entity) {
        String before = lines(
                "Subject: a",
                "Content-Type: multipart/signed; boundary=\"out=_1\"; micalg=pgp-sha512;",
                " protocol=\"application/pgp-signature\"",
                "",
                "not signed",
                "--out=_1",
                "");
        String after = lines(
                "",
                "--out=_1",
                "Content-Type: application/pgp-signature; name=signature.asc",
                "Content-Transfer-Encoding: base64",
                "",
                "c2lnbmF0dXJl",
                "--out=_1--",
                "");
        return join(octets(before), entity, octets(after));
    }

    private static String lines(String... lines) {
        return String.join("\r\n", lines);
    }

    private static Optional<SignedContent> read(byte[] message) throws IOException {
        return MimeReader.usual().readSigned(new ByteArrayInputStream(message));
    }

    private static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] join(byte[]... pieces) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] piece : pieces) {
            all.writeBytes(piece);
        }
        return all.toByteArray();
    }
}
