package dev.steadymail.mail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeywordTest {
    @Test
    void upperCase_isFolded() {
        assertEquals(Keyword.SEEN, new Keyword("$SEEN"));
        assertEquals("title", new Keyword("TITLE").value());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "two words",
                "a(b",
                "a)",
                "a{",
                "a]",
                "a%",
                "a*",
                "a\"",
                "a\\",
                "a\r\n",
                "\u0000",
                "\u007f"
            })
    void whatImapCannotCarry_isRefused(String text) {
        assertThrows(IllegalArgumentException.class, () -> new Keyword(text));
    }

    @Test
    void length_isBounded() {
        assertEquals(255, new Keyword("k".repeat(255)).value().length());
        IllegalArgumentException refused =
                assertThrows(IllegalArgumentException.class, () -> new Keyword("k".repeat(256)));
        assertEquals("a keyword must have 1 to 255 characters, had 256", refused.getMessage());
    }
}
