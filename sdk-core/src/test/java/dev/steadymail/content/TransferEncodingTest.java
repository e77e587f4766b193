package dev.steadymail.content;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TransferEncodingTest {
    @Test
    void base64_ofAnyOctets_isUndone() throws IOException {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 200; i++) {
            byte[] octets = new byte[random.nextInt(30_000)];
            random.nextBytes(octets);
            String text = Base64.getMimeEncoder(
                            4 * (1 + random.nextInt(25)), "\r\n".getBytes(StandardCharsets.US_ASCII))
                    .encodeToString(octets);
            assertArrayEquals(
                    octets, decode("base64", text).getBytes(StandardCharsets.ISO_8859_1), () -> "seed " + seed);
        }
    }

    @Test
    void base64_strangeCharacters_joinedPiecesAndCutGroups_giveWhatIsWhole() throws IOException {
        assertEquals("hello", decode("base64", "aGV\u00ff!sbG8="));
        assertEquals("hellohello", decode("base64", "aGVsbG8=\r\naGVsbG8="));
        assertEquals("hell", decode("base64", "aGVsbG8".substring(0, 6)));
        assertEquals("hel", decode("base64", "aGVsb"));
        assertEquals("", decode("base64", "===="));
    }

    @Test
    void quotedPrintable_codesBreaksAndSpaces() throws IOException {
        assertEquals("\u00e9t\u00e9", decode("quoted-printable", "=E9t=e9"));
        assertEquals("one line", decode("quoted-printable", "one =\r\nline"));
        assertEquals("one line", decode("quoted-printable", "one = \t\r\nline"));
        assertEquals("a\r\n b", decode("quoted-printable", "a \t \r\n b"));
        assertEquals("a  b", decode("quoted-printable", "a  b"));
        assertEquals("1=x =G1=", decode("quoted-printable", "1=x =G1="));
    }

    @Test
    void quotedPrintable_ofAnyOctets_isUndone() throws IOException {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 200; i++) {
            byte[] octets = new byte[random.nextInt(5_000)];
            random.nextBytes(octets);
            StringBuilder text = new StringBuilder();
            for (byte octet : octets) {
                boolean plain = octet > 32 && octet != '=' && random.nextBoolean();
                text.append(plain ? Character.toString(octet) : String.format("=%02X", octet & 0xff));
                text.append(random.nextInt(20) == 0 ? "=\r\n" : "");
            }
            byte[] decoded = decode("quoted-printable", text.toString()).getBytes(StandardCharsets.ISO_8859_1);
            assertArrayEquals(octets, decoded, () -> "seed " + seed);
        }
    }

    @Test
    void unknownEncodings_areLeftAndTold() throws IOException {
        assertEquals("begin 644", decode("x-uuencode", "begin 644"));
        assertEquals("x-uuencode", TransferEncoding.left("x-uuencode"));
        for (String known : new String[] {"", "7bit", "8bit", "binary", "base64", "quoted-printable"}) {
            assertEquals("", TransferEncoding.left(known));
        }
    }

    private static String decode(String encoding, String text) throws IOException {
        InputStream octets = new ByteArrayInputStream(text.getBytes(StandardCharsets.ISO_8859_1));
        return new String(TransferEncoding.decode(encoding, octets).readAllBytes(), StandardCharsets.ISO_8859_1);
    }
}
