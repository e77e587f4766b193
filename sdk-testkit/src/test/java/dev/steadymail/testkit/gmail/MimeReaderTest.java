package dev.steadymail.testkit.gmail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class MimeReaderTest {

    @Test
    void read_foldedAndEncodedHeader_isJoined() {
        MimePart part = read("Subject: =?utf-8?B?R3LDvA==?=\r\n =?utf-8?Q?=C3=9Fe?= end\r\n\r\nx");
        assertEquals("=?utf-8?B?R3LDvA==?= =?utf-8?Q?=C3=9Fe?= end", part.header("subject"));
        assertEquals("Gr\u00fc\u00dfe end", part.decodedHeader("SUBJECT"));
    }

    @Test
    void read_unclosedMultipart_keepsTheLastPart() {
        MimePart part = read("Content-Type: multipart/mixed; boundary=b\n\n--b\n\none\n--b\n\ntwo\n");
        assertEquals(2, part.children().size());
        assertEquals("one", part.children().get(0).text());
        assertEquals("two\n", part.children().get(1).text());
    }

    @Test
    void read_attachedMessage_hasItsOwnTree() {
        MimePart part = read("Content-Type: message/rfc822\n\nSubject: inner\n\nbody");
        assertEquals("inner", part.children().get(0).decodedHeader("Subject"));
    }

    @Test
    void read_deepNesting_stops() {
        StringBuilder deep = new StringBuilder();
        for (int i = 0; i < 5_000; i++) {
            deep.append("Content-Type: message/rfc822\n\n");
        }
        assertTrue(read(deep.toString()).walk().count() < 100);
    }

    @Test
    void read_hostileHeaders_staysWithinStackAndTime() {
        String many = "Subject: " + "Re:".repeat(100_000) + "\n x".repeat(200_000) + "\n";
        String quoted = "Content-Type: text/plain; name=\"" + "\\a".repeat(100_000) + "\"\n";
        MimePart part = read(many + quoted + "\nbody");
        assertTrue(StoredMessage.baseSubject(part).length() < 10_000);
        assertNotNull(part.filename());
        assertEquals("body", part.text());
    }

    @Test
    void read_damagedMail_neverFails() {
        long seed = 20_260_310L;
        Random random = new Random(seed);
        byte[] mail = TestMail.withAttachment();
        for (int round = 0; round < 2_000; round++) {
            byte[] damaged = mail.clone();
            for (int i = 0; i < 8; i++) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
            }
            assertNotNull(SearchText.of(MimeReader.read(damaged)), "seed " + seed + ", round " + round);
        }
    }

    private static MimePart read(String text) {
        return MimeReader.read(text.getBytes(StandardCharsets.UTF_8));
    }
}
