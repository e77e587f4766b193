package dev.steadymail.observability.canary;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** The search finds what it is to find, or its silence says nothing. */
class CanariesTest {
    @Test
    void everyForm_isFound() {
        String text = "before " + Canaries.PASSWORD + " after";
        assertFound(text, StandardCharsets.US_ASCII);
        assertFound(text.toUpperCase(Locale.ROOT), StandardCharsets.US_ASCII);
        assertFound(text, StandardCharsets.UTF_16LE);
        assertFound(text, StandardCharsets.UTF_16BE);
        assertFound(HexFormat.of().formatHex(text.getBytes(StandardCharsets.US_ASCII)), StandardCharsets.US_ASCII);
        for (String before : List.of("", "a", "ab", "abc")) {
            byte[] plain = (before + Canaries.PASSWORD + " and more").getBytes(StandardCharsets.US_ASCII);
            assertFound(Base64.getEncoder().encodeToString(plain), StandardCharsets.US_ASCII);
        }
    }

    @Test
    void wordsOfOthers_areNot() {
        assertEquals(List.of(), Canaries.in("the kanar bird sings".getBytes(StandardCharsets.US_ASCII)));
    }

    private static void assertFound(String text, Charset charset) {
        assertFalse(Canaries.in(text.getBytes(charset)).isEmpty(), text);
    }
}
