package dev.steadymail.imap.decode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeaderFieldTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Message-ID: <1@example.com>\r\n\r\n",
                "Subject: a\r\nMESSAGE-id:<1@example.com>\r\nTo: b\r\n\r\nbody",
                "Subject: a\n b\nMessage-Id : \t<1@example.com> \n\nMessage-ID: <2@example.com>",
                "Message-ID:\r\n <1@example.com>\r\n\r\n",
                "Message-ID: <1@example.com>",
                "X: y\r\nMessage-ID: <1@example.com>\r\nMessage-ID: <2@example.com>\r\n\r\n"
            })
    void field_isFoundHoweverItIsWritten(String message) {
        assertEquals("<1@example.com>", find(message));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\r\n",
                "\r",
                "Message-ID",
                "Message-ID\r\n\r\n",
                "Message-ID: \r\n\r\n",
                "Message-IDs: <1@example.com>\r\n\r\n",
                "In-Reply-To: Message-ID: <1@example.com>\r\n\r\n",
                "Subject: a\r\n Message-ID: <1@example.com>\r\n\r\n",
                "Subject: a\r\n\r\nMessage-ID: <1@example.com>\r\n"
            })
    void whatIsNotInTheHeader_isNotFound(String message) {
        assertNull(find(message));
    }

    /** What a server tells by ENVELOPE must have the same fingerprint. */
    @Test
    void text_isWhatTheWholeHeaderHas() {
        byte[] message = "A: b\r\nMessage-ID: <gr\u00fc\u00df@example.com>\r\n\r\n".getBytes(StandardCharsets.UTF_8);
        assertEquals(EnvelopeDecoder.decode(message).messageId(), HeaderField.MESSAGE_ID.find(message));
    }

    @Test
    void aFoldedField_isOneText() {
        byte[] fields = "References: <1@example.com>\r\n <2@example.com>\r\n\t<3@example.com>\r\n\r\n"
                .getBytes(StandardCharsets.US_ASCII);
        assertEquals("<1@example.com> <2@example.com>\t<3@example.com>", HeaderField.REFERENCES.find(fields));
    }

    /** The last id is what an email answers. */
    @Test
    void longReferences_areTheFirstAndTheLast() {
        StringBuilder field = new StringBuilder("References:");
        for (int n = 0; n < 1_000; n++) {
            field.append("\r\n <").append(n).append(".a-long-local-part@example.com>");
        }
        byte[] header = field.append("\r\n\r\n").toString().getBytes(StandardCharsets.US_ASCII);
        String found = Objects.requireNonNull(HeaderField.REFERENCES.find(header));
        assertTrue(found.length() <= 16_001, "length " + found.length());
        assertTrue(found.startsWith("<0.a-long-local-part@example.com> <1."));
        assertTrue(found.endsWith(" <999.a-long-local-part@example.com>"));
        assertTrue(found.matches("(<[0-9]+\\.a-long-local-part@example\\.com> *)+"));
        assertEquals(found, EnvelopeDecoder.decode(header).references());
    }

    private static @Nullable String find(String message) {
        return HeaderField.MESSAGE_ID.find(message.getBytes(StandardCharsets.US_ASCII));
    }
}
