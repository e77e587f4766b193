package dev.steadymail.imap;

/** Recognises the announcement of a literal at the end of a line (RFC 3501 section 4.3, RFC 7888). */
final class Literals {
    private static final int MOST_DIGITS = 15;

    private Literals() {}

    /** Returns the octets that follow the line, or -1 where it announces none. */
    static long announced(CharSequence line) {
        int end = line.length() - 1;
        if (end < 2 || line.charAt(end) != '}') {
            return -1;
        }
        int last = line.charAt(end - 1) == '+' ? end - 2 : end - 1;
        int first = last;
        while (first >= 0 && isDigit(line.charAt(first))) {
            first--;
        }
        if (first < 0 || first == last || line.charAt(first) != '{' || last - first > MOST_DIGITS) {
            return -1;
        }
        return Long.parseLong(line, first + 1, last + 1, 10);
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
