package dev.steadymail.imap.codec;

/**
 * Reads the octets of one frame from left to right, within the limits and without recursion. Forgives what servers really send:
 * white space too much, NIL in lower case, 8-bit octets in quoted strings, an unknown backslash. Not thread-safe.
 */
final class ValueReader {
    private final Frame frame;
    private final CodecLimits limits;
    private final byte[] octets;
    private final int end;
    private final Values values;
    private int at;
    private int tokens;
    /** Whether each octet stands for itself, instead of for a part of a character. */
    private boolean verbatim;

    /** Reads into {@code values}, which nobody else uses meanwhile. */
    ValueReader(Frame frame, CodecLimits limits, Values values) {
        this.frame = frame;
        this.limits = limits;
        this.values = values;
        this.octets = frame.octets;
        this.end = endOfText(frame);
    }

    private static int endOfText(Frame frame) {
        int end = frame.length;
        if (end > 0 && frame.octets[end - 1] == '\n') {
            end--;
        }
        return end > 0 && frame.octets[end - 1] == '\r' ? end - 1 : end;
    }

    boolean isAtEnd() {
        skipSpaces();
        return at >= end;
    }

    private void skipSpaces() {
        while (at < end && (octets[at] == ' ' || octets[at] == '\t')) {
            at++;
        }
    }

    /** Takes the next octet where it is this one, after white space. */
    boolean accept(char wanted) {
        skipSpaces();
        if (at < end && octets[at] == wanted) {
            at++;
            return true;
        }
        return false;
    }

    boolean isNext(char wanted) {
        skipSpaces();
        return at < end && octets[at] == wanted;
    }

    /** Returns the rest as text. */
    String rest() {
        skipSpaces();
        String text = OctetText.of(octets, at, end, false);
        at = end;
        return text;
    }

    /** Reads up to the next white space, parenthesis or end. */
    String word() throws UnreadableException {
        int from = takeWord();
        return OctetText.of(octets, from, at, verbatim);
    }

    /** Like {@link #word}, for the word that names a response: a code in brackets may follow without white space. */
    String keyword() throws UnreadableException {
        count();
        skipSpaces();
        int from = at;
        while (at < end && octets[at] != '[' && !isDelimiter(octets[at])) {
            at++;
        }
        requireSome(from);
        return OctetText.of(octets, from, at, verbatim);
    }

    /** Like {@link #word}, for the name of a FETCH item: what is in brackets belongs to it, white space and parentheses included. */
    String item() throws UnreadableException {
        count();
        skipSpaces();
        int from = at;
        boolean inBrackets = false;
        while (at < end && (inBrackets || !endsItem(octets[at]))) {
            inBrackets = octets[at] == '[' || (inBrackets && octets[at] != ']');
            at++;
        }
        if (at == from || !Character.isLetter(octets[from])) {
            throw new UnreadableException("the name of an item is missing");
        }
        return OctetText.of(octets, from, at, verbatim);
    }

    private static boolean endsItem(byte octet) {
        return isDelimiter(octet) || octet == '{' || octet == '~' || octet == '"';
    }

    /** Goes behind the next word and returns where it begins. */
    private int takeWord() throws UnreadableException {
        count();
        skipSpaces();
        int from = at;
        int to = from;
        while (to < end && !isDelimiter(octets[to])) {
            to++;
        }
        at = to;
        requireSome(from);
        return from;
    }

    private void requireSome(int from) throws UnreadableException {
        if (at == from) {
            throw new UnreadableException("a word is missing");
        }
    }

    private static boolean isDelimiter(byte octet) {
        // Nearly all octets are greater than each of them.
        return octet <= ')'
                && (octet == ' ' || octet == '(' || octet == ')' || octet == '\r' || octet == '\n' || octet == '\t');
    }

    /** Reads a number that is not negative; one that is, as some servers send for a size, is 0. */
    long number() throws UnreadableException {
        int from = takeWord();
        return OctetText.number(octets, from, at);
    }

    /** Reads one value, a list with all that is in it. What is returned holds until the next call. */
    Values value() throws UnreadableException {
        values.begin(octets, verbatim);
        do {
            skipSpaces();
            byte next = at < end ? octets[at] : 0;
            if (next == '(') {
                at++;
                open();
            } else if (next == ')' && values.depth() > 0) {
                at++;
                values.close();
            } else {
                single();
            }
        } while (values.depth() > 0);
        return values;
    }

    private void open() throws UnreadableException {
        count();
        if (values.depth() >= limits.maxDepth()) {
            throw new UnreadableException("lists are nested deeper than " + limits.maxDepth());
        }
        values.open();
    }

    /** Reads a value that is no list, after white space. */
    private void single() throws UnreadableException {
        if (at >= end) {
            throw new UnreadableException("the response ends too early");
        }
        byte first = octets[at];
        if (first == '"') {
            quoted();
        } else if (first == '{' || (first == '~' && at + 1 < end && octets[at + 1] == '{')) {
            literal();
        } else {
            int from = takeWord();
            if (isNil(from, at)) {
                values.addNil();
            } else {
                values.addText(from, at, false);
            }
        }
    }

    private boolean isNil(int from, int to) {
        return to - from == 3
                && (octets[from] | 0x20) == 'n'
                && (octets[from + 1] | 0x20) == 'i'
                && (octets[from + 2] | 0x20) == 'l';
    }

    /** Reads a string in one of its forms, or an atom (RFC 3501, {@code astring}), which may be spelled like NIL. */
    String string() throws UnreadableException {
        if (!isNext('"') && !isNext('{') && !isNext('~')) {
            return word();
        }
        values.begin(octets, verbatim);
        single();
        String text = values.textOrNull(Values.ROOT);
        if (text == null) {
            throw new UnreadableException("a string is missing");
        }
        return text;
    }

    /** Like {@link #string}, with a character for each octet: who names a mailbox must give back the octets that came. */
    String octets() throws UnreadableException {
        verbatim = true;
        try {
            return string();
        } finally {
            verbatim = false;
        }
    }

    /** Like {@link #value}, with a character for each octet. */
    Values octetsOrLiteral() throws UnreadableException {
        verbatim = true;
        try {
            return value();
        } finally {
            verbatim = false;
        }
    }

    private void quoted() throws UnreadableException {
        count();
        int from = at + 1;
        int to = from;
        boolean escaped = false;
        for (; to < end && octets[to] != '"' && octets[to] != '\n'; to++) {
            if (octets[to] == '\\') {
                escaped = true;
                to++;
            }
        }
        if (to >= end || octets[to] == '\n') {
            throw new UnreadableException("a quoted string does not end");
        }
        values.addText(from, to, escaped);
        at = to + 1;
    }

    /** The framer has seen each announcement, or the line would not have gone on; what merely looks like one is malformed. */
    private void literal() throws UnreadableException {
        count();
        int from = octets[at] == '~' ? at + 2 : at + 1;
        int to = from;
        while (to < end && octets[to] >= '0' && octets[to] <= '9') {
            to++;
        }
        long size = OctetText.number(octets, from, to);
        at = endOfAnnouncement(to);
        if (frame.isStreamed(at)) {
            values.addStreamed(from, to);
            return;
        }
        if (size > frame.length - at) {
            throw new UnreadableException("a literal is cut short");
        }
        values.addText(at, at + (int) size, false);
        at += (int) size;
    }

    /** Returns where the line begins that follows the digits of an announcement. */
    private int endOfAnnouncement(int digitsEnd) throws UnreadableException {
        int close = digitsEnd < end && octets[digitsEnd] == '+' ? digitsEnd + 1 : digitsEnd;
        int line = close + 1 < frame.length && octets[close + 1] == '\r' ? close + 2 : close + 1;
        if (line >= frame.length || octets[close] != '}' || octets[line] != '\n') {
            throw new UnreadableException("a literal is malformed");
        }
        return line + 1;
    }

    private void count() throws UnreadableException {
        if (++tokens > limits.maxTokens()) {
            throw new UnreadableException("more than " + limits.maxTokens() + " tokens");
        }
    }
}
