package dev.steadymail.server.mail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.Random;
import org.junit.jupiter.api.Test;

final class StorableTextTest {
    private static final String[] PIECES = {"a", "\\", "\0", "\ud83d\ude00", "\ud83d", "\ude00", "u", "0041", "\u00fc"};

    @Test
    void shown_replacesWhatCannotBeStored() {
        assertEquals("a\uFFFDb", StorableText.shown("a\0b"));
        assertEquals("a\uFFFD", StorableText.shown("a\ud83d"));
        assertEquals("\ud83d\ude00", StorableText.shown("\ud83d\ude00"));
        assertNull(StorableText.shown(null));
    }

    @Test
    void shown_longText_isCut_andCanBeStored() {
        assertEquals("x".repeat(1_000), StorableText.shown("x".repeat(1_000)));
        assertEquals("x".repeat(999) + "\u2026", StorableText.shown("x".repeat(1_001)));
        assertEquals("ab\uFFFD\u2026", StorableText.shown("ab\ud83d\ude00\ud83d\ude00", 4));
    }

    @Test
    void escaped_andUnescaped_isTheSame_andStorable() {
        long seed = Long.getLong("steadymail.seed", 7L);
        Random random = new Random(seed);
        for (int run = 0; run < 2_000; run++) {
            StringBuilder id = new StringBuilder();
            for (int i = random.nextInt(8); i >= 0; i--) {
                id.append(PIECES[random.nextInt(PIECES.length)]);
            }
            String escaped = StorableText.escaped(id.toString());
            assertEquals(id.toString(), StorableText.unescaped(escaped), "-Dsteadymail.seed=" + seed);
            assertEquals(escaped, StorableText.shown(escaped), "-Dsteadymail.seed=" + seed);
        }
    }

    @Test
    void escaped_ordinaryId_staysAsItIs() {
        assertEquals("INBOX/1/2", StorableText.escaped("INBOX/1/2"));
        assertFalse(StorableText.escaped("a\0b").contains("\0"));
    }
}
