package dev.steadymail.cli.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class SafeTextTest {
    @Test
    void line_dropsWhatMovesTheCursorOrTheReader() {
        assertEquals("[31mred  two", SafeText.line("\u001b[31mred\r\ntwo\u0000"));
        assertEquals("a b", SafeText.line("a\u009bb"));
        assertEquals("evil gpj.exe", SafeText.line("evil \u202egpj.exe\u202c\u2066\u200f"));
        assertEquals("a b", SafeText.line("a\u2028b"));
        assertEquals("\ufffd", SafeText.line("\ud800"));
    }

    @Test
    void line_keepsWhatPeopleWrite() {
        assertEquals("Grüße, 数学 \ud83d\ude00", SafeText.line("Grüße, 数学 \ud83d\ude00"));
        assertEquals("\ud83d\udc69\u200d\ud83d\ude80", SafeText.line("\ud83d\udc69\u200d\ud83d\ude80"));
    }
}
