package dev.steadymail.imap.codec;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** What the first octets of a response tell: how long it may be, and whether its lines can announce literals. */
enum LineHead {
    /** Text for people at the end: a brace in it announces nothing. */
    STATUS,
    FETCH,
    NUMBERS,
    OTHER;

    /** So many octets tell, or the end of the line does. */
    static final int LONGEST = 40;

    static LineHead of(Frame frame) {
        String head = new String(frame.octets, 0, Math.min(frame.length, LONGEST), StandardCharsets.ISO_8859_1).strip();
        if (!head.startsWith("*")) {
            return STATUS;
        }
        String[] words = head.substring(1).strip().toUpperCase(Locale.ROOT).split("[ \t\r\n()\\[]+", 3);
        String word = isNumber(words[0]) && words.length > 1 ? words[1] : words[0];
        return switch (word) {
            case "OK", "NO", "BAD", "BYE", "PREAUTH" -> STATUS;
            case "FETCH" -> FETCH;
            case "SEARCH", "ESEARCH", "VANISHED" -> NUMBERS;
            default -> OTHER;
        };
    }

    int limit(CodecLimits limits) {
        return switch (this) {
            case FETCH -> limits.maxFetch();
            case NUMBERS -> limits.maxNumbers();
            default -> limits.maxLine();
        };
    }

    private static boolean isNumber(String word) {
        return !word.isEmpty() && word.chars().allMatch(c -> c >= '0' && c <= '9');
    }
}
