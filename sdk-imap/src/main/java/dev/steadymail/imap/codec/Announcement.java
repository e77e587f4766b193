package dev.steadymail.imap.codec;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The end of a line that announces a literal: <code>{n}</code>, or <code>~{n}</code> for one with NULs (RFC 3516). What stands before
 * the line is never looked at: it may be the content of a literal, and so anybody's.
 */
final class Announcement {
    /** Any size of more digits is over every limit. */
    private static final int MOST_DIGITS = 18;

    private static final Pattern SECTION =
            Pattern.compile("RFC822|RFC822\\.TEXT|RFC822\\.HEADER|(?:BODY|BINARY)\\[[^\\]]*\\](?:<[0-9]+>)?");

    private Announcement() {}

    /** Returns how many octets the line announces that begins at {@code from} and ends the frame; -1 where it announces none. */
    static long sizeAt(Frame frame, int from) {
        byte[] octets = frame.octets;
        int close = close(frame, from);
        if (close < 0) {
            return -1;
        }
        int end = octets[close - 1] == '+' ? close - 1 : close;
        int brace = brace(octets, end, from);
        return brace < 0 ? -1 : size(octets, brace + 1, end);
    }

    /** Returns where the brace that closes is; -1 where the line does not end with one. */
    private static int close(Frame frame, int from) {
        int end = frame.length - 1;
        if (end > from && frame.octets[end - 1] == '\r') {
            end--;
        }
        return end - 3 >= from && frame.octets[end - 1] == '}' ? end - 1 : -1;
    }

    /** Returns where the brace that opens is, with nothing but digits behind it; -1 where there is none. */
    private static int brace(byte[] octets, int end, int from) {
        int digits = end;
        while (digits > from && octets[digits - 1] >= '0' && octets[digits - 1] <= '9') {
            digits--;
        }
        return digits < end && digits > from && octets[digits - 1] == '{' ? digits - 1 : -1;
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

    /**
     * Returns the section whose content the literal is that the line announces, in upper case, or null where it stands for a string. A
     * section's name ends with its bracket, so that no quoted string can pass for one.
     */
    static @Nullable String sectionAt(Frame frame, int from) {
        byte[] octets = frame.octets;
        int end = frame.length - 1;
        while (end > from && octets[end] != '{') {
            end--;
        }
        while (end > from && (octets[end - 1] == '~' || octets[end - 1] == ' ')) {
            end--;
        }
        int start = startOfItem(octets, end, from);
        String word = new String(octets, start, end - start, StandardCharsets.ISO_8859_1).toUpperCase(Locale.ROOT);
        return SECTION.matcher(word).matches() ? word : null;
    }

    /** Goes back over one word; white space within brackets belongs to it. */
    private static int startOfItem(byte[] octets, int end, int from) {
        int start = end;
        boolean inBrackets = false;
        while (start > from) {
            byte octet = octets[start - 1];
            if (octet == ']') {
                inBrackets = true;
            } else if (octet == '[') {
                inBrackets = false;
            } else if (!inBrackets && (octet == ' ' || octet == '(' || octet == ')' || octet == '"' || octet == '\t')) {
                break;
            }
            start--;
        }
        return start;
    }
}
