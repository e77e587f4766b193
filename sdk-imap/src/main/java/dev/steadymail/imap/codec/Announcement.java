package dev.steadymail.imap.codec;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The end of a line that announces a literal: <code>{n}</code>, or <code>~{n}</code> for one with NULs (RFC 3516).
 *
 * @param size octets that follow
 * @param section the section whose content it is, in upper case, or null where it stands for a string
 */
record Announcement(long size, @Nullable String section) {
    /** Any size of more digits is over every limit. */
    private static final int MOST_DIGITS = 18;

    private static final int LONGEST_SECTION = 8_192;

    /** Returns what the last line of a frame announces, or null where it is the end of the response. */
    static @Nullable Announcement at(Frame frame) {
        int end = frame.length - 1;
        byte[] octets = frame.octets;
        if (end > 0 && octets[end - 1] == '\r') {
            end--;
        }
        if (end < 3 || octets[end - 1] != '}') {
            return null;
        }
        int from = end - 1;
        if (octets[from - 1] == '+') {
            from--;
        }
        int digits = from;
        while (digits > 0 && octets[digits - 1] >= '0' && octets[digits - 1] <= '9') {
            digits--;
        }
        if (digits == from || digits == 0 || octets[digits - 1] != '{') {
            return null;
        }
        return new Announcement(size(octets, digits, from), section(octets, digits - 1));
    }

    private static long size(byte[] octets, int from, int to) {
        if (to - from > MOST_DIGITS) {
            return Long.MAX_VALUE;
        }
        long size = 0;
        for (int i = from; i < to; i++) {
            size = size * 10 + (octets[i] - '0');
        }
        return size;
    }

    /** Goes back over one word; spaces within brackets belong to it. */
    private static @Nullable String section(byte[] octets, int brace) {
        int end = brace;
        while (end > 0 && (octets[end - 1] == '~' || octets[end - 1] == ' ')) {
            end--;
        }
        int from = end;
        boolean inBrackets = false;
        while (from > 0 && end - from < LONGEST_SECTION) {
            byte octet = octets[from - 1];
            if (octet == ']') {
                inBrackets = true;
            } else if (octet == '[') {
                inBrackets = false;
            } else if (!inBrackets && (octet == ' ' || octet == '(')) {
                break;
            }
            from--;
        }
        String word = new String(octets, from, end - from, StandardCharsets.ISO_8859_1).toUpperCase(Locale.ROOT);
        return isSection(word) ? word : null;
    }

    private static boolean isSection(String word) {
        return word.startsWith("BODY[")
                || word.startsWith("BINARY[")
                || word.equals("RFC822")
                || word.equals("RFC822.TEXT")
                || word.equals("RFC822.HEADER");
    }
}
