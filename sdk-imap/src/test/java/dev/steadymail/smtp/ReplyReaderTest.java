package dev.steadymail.smtp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A server's words are in any language and any charset: what counts is the code. */
class ReplyReaderTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 0x0b, 0x0c, 0x85, 0xa0, 0xff})
    void textWithAnyOctet_isAReply(int octet) throws UnreadableReplyException {
        String text = "2.1.0 \u00e0 " + (char) octet + " \u00e1";
        ByteBuffer octets =
                ByteBuffer.wrap(("250-" + text + "\r\n250 " + text + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
        Reply reply = Objects.requireNonNull(new ReplyReader().read(octets));

        assertEquals("250 2.1.0", reply.providerCode());
        assertEquals(text + " " + text, reply.text());
    }
}
