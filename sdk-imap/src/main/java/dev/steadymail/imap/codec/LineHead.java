package dev.steadymail.imap.codec;

/** What the first octets of a response tell: how long it may be, and whether its lines can announce literals. */
enum LineHead {
    /** Text for people at the end: a brace in it announces nothing. */
    STATUS,
    FETCH,
    NUMBERS,
    OTHER;

    /** So many octets tell, or the end of the line does. */
    static final int LONGEST = 40;

    private static final String[] WORDS = {"FETCH", "OK", "NO", "BAD", "BYE", "PREAUTH", "SEARCH", "ESEARCH", "VANISHED"
    };
    private static final LineHead[] KINDS = {FETCH, STATUS, STATUS, STATUS, STATUS, STATUS, NUMBERS, NUMBERS, NUMBERS};

    static LineHead of(Frame frame) {
        byte[] octets = frame.octets;
        int end = Math.min(frame.length, LONGEST);
        while (end > 0 && Character.isWhitespace(octets[end - 1])) {
            end--;
        }
        int star = skipSpaces(octets, 0, end);
        if (star == end || octets[star] != '*') {
            return STATUS;
        }
        int from = skipSpaces(octets, star + 1, end);
        int to = endOfWord(octets, from, end);
        if (isNumber(octets, from, to)) {
            from = skipDelimiters(octets, to, end);
            to = endOfWord(octets, from, end);
        }
        return of(octets, from, to);
    }

    private static LineHead of(byte[] octets, int from, int to) {
        for (int i = 0; i < WORDS.length; i++) {
            if (isWord(octets, from, to, WORDS[i])) {
                return KINDS[i];
            }
        }
        return OTHER;
    }

    private static int skipSpaces(byte[] octets, int from, int end) {
        int at = from;
        while (at < end && Character.isWhitespace(octets[at])) {
            at++;
        }
        return at;
    }

    private static int skipDelimiters(byte[] octets, int from, int end) {
        int at = from;
        while (at < end && isDelimiter(octets[at])) {
            at++;
        }
        return at;
    }

    private static boolean isDelimiter(byte octet) {
        return octet == ' '
                || octet == '('
                || octet == ')'
                || octet == '['
                || octet == '\t'
                || octet == '\r'
                || octet == '\n';
    }

    private static int endOfWord(byte[] octets, int from, int end) {
        int at = from;
        while (at < end && !isDelimiter(octets[at])) {
            at++;
        }
        return at;
    }

    private static boolean isNumber(byte[] octets, int from, int to) {
        int at = from;
        while (at < to && octets[at] >= '0' && octets[at] <= '9') {
            at++;
        }
        return at == to && from < to;
    }

    private static boolean isWord(byte[] octets, int from, int to, String upper) {
        if (to - from != upper.length()) {
            return false;
        }
        for (int i = from; i < to; i++) {
            int octet = octets[i] >= 'a' && octets[i] <= 'z' ? octets[i] - 0x20 : octets[i];
            if (octet != upper.charAt(i - from)) {
                return false;
            }
        }
        return true;
    }

    int limit(CodecLimits limits) {
        return switch (this) {
            case FETCH -> limits.maxFetch();
            case NUMBERS -> limits.maxNumbers();
            default -> limits.maxLine();
        };
    }
}
