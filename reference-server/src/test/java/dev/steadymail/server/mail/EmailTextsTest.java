package dev.steadymail.server.mail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.steadymail.server.mail.EmailContent.TextPart;
import dev.steadymail.server.mail.EmailDetail.Text;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class EmailTextsTest {
    private static final int HTML_LIMIT = 256 << 10;
    private static final int PLAIN_LIMIT = 1 << 20;

    @Test
    void text_ofHtml_isCutAt256KiB() {
        Text whole = EmailTexts.text(bytes("x".repeat(HTML_LIMIT)), part("text/html", null));
        assertEquals(HTML_LIMIT, whole.content().length());
        assertFalse(whole.truncated());
        Text cut = EmailTexts.text(bytes("x".repeat(HTML_LIMIT) + "y"), part("text/html", null));
        assertEquals(whole.content(), cut.content());
        assertTrue(cut.truncated());
    }

    @Test
    void text_plain_isCutAtOneMiB_andKeptAsItIs() {
        assertEquals(
                new Text("<b> &amp;\n", false), EmailTexts.text(bytes("<b> &amp;\n"), part("text/plain", "no-such")));
        Text cut = EmailTexts.text(bytes("x".repeat(PLAIN_LIMIT + 1)), part("text/plain", null));
        assertEquals(PLAIN_LIMIT, cut.content().length());
        assertTrue(cut.truncated());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static TextPart part(String type, String charset) {
        return new TextPart("1", type, charset);
    }
}
