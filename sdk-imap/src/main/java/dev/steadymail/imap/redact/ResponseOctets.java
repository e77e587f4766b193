package dev.steadymail.imap.redact;

import java.nio.charset.StandardCharsets;
import java.util.function.IntPredicate;

/** The octets of a response while it is read for the log. Reads whatever is there, and never past the end. Not thread-safe. */
final class ResponseOctets {
    private static final int LONGEST_WORD = 64;
    private static final int MOST_DIGITS = 18;

    private final byte[] octets;
    private final IntPredicate streamed;
    private final int end;
    private int at;

    ResponseOctets(byte[] octets, int length, IntPredicate streamed) {
        this.octets = octets;
        this.streamed = streamed;
        int last = length;
        while (last > 0 && (octets[last - 1] == '\n' || octets[last - 1] == '\r')) {
            last--;
        }
        this.end = last;
    }

    boolean isAtEnd() {
        return at >= end;
    }

    int left() {
        return Math.max(0, end - at);
    }

    /** Returns the next octet, 0 at the end. */
    char next() {
        return at < end ? (char) (octets[at] & 0xff) : 0;
    }

    /** Passes over the octet where it is the next one. */
    boolean take(char octet) {
        boolean there = at < end && next() == octet;
        at += there ? 1 : 0;
        return there;
    }

    void spaces() {
        while (at < end && (octets[at] == ' ' || octets[at] == '\t')) {
            at++;
        }
    }

    /** Reads up to a space, a sign of the grammar or the end. */
    String word(String signs) {
        int from = at;
        while (at < end && octets[at] != ' ' && signs.indexOf(octets[at]) < 0) {
            at++;
        }
        return new String(octets, from, at - from, StandardCharsets.ISO_8859_1);
    }

    /** Reads as {@link #word}; what is too long for a word of the vocabulary is a length only. */
    String shortWord(String signs) {
        int from = at;
        String word = word(signs);
        return at - from > LONGEST_WORD ? "\0".repeat(at - from) : word;
    }

    /** Reads a value of any kind and adds what stands for it. */
    void hide(LineText line) {
        int from = at;
        if (take('"')) {
            string();
            line.length(Math.max(0, at - from - 2));
        } else if (next() == '{' || next() == '~') {
            hideLiteral(line);
        } else if (take('(')) {
            list();
            line.word("(").length(Math.max(0, at - from - 2)).word(")");
        } else {
            String word = shortWord("()");
            if (at == from && at < end) {
                at++;
            }
            line.wordOr(word.equals("NIL") ? word : null, at - from);
        }
    }

    private void hideLiteral(LineText line) {
        int from = at;
        long size = literal();
        if (size >= 0) {
            line.literal(size);
        } else {
            at = from;
            String unused = word("()");
            line.length(at - from);
        }
    }

    /** Passes over the inside of a string and its end. */
    private void string() {
        while (at < end && octets[at] != '"') {
            at += octets[at] == '\\' ? 2 : 1;
        }
        at = Math.min(end, at + 1);
    }

    /** Passes over the inside of a list and its end. */
    private void list() {
        int depth = 1;
        while (at < end && depth > 0) {
            char octet = next();
            if (octet == '{' && literal() >= 0) {
                continue;
            }
            at++;
            if (octet == '"') {
                string();
            } else if (octet == '(') {
                depth++;
            } else if (octet == ')') {
                depth--;
            }
        }
    }

    /** Passes over a literal and returns its size; -1 where there is none. */
    private long literal() {
        int from = at;
        boolean unused = take('~');
        if (!take('{')) {
            at = from;
            return -1;
        }
        long size = 0;
        int digits = 0;
        while (at < end && octets[at] >= '0' && octets[at] <= '9' && digits < MOST_DIGITS) {
            size = 10 * size + octets[at] - '0';
            digits++;
            at++;
        }
        unused = take('+');
        if (digits == 0 || !take('}') || !lineEnd()) {
            at = from;
            return -1;
        }
        if (!streamed.test(at)) {
            at = (int) Math.min(end, at + size);
        }
        return size;
    }

    private boolean lineEnd() {
        boolean unused = take('\r');
        // A response that was cut may end right here.
        return take('\n') || isAtEnd();
    }

    /** Passes over what is left and adds its length; nothing where nothing is left. */
    void hideRest(LineText line) {
        spaces();
        if (!isAtEnd()) {
            line.word(" ").length(left());
            at = end;
        }
    }

    /** Passes over what is up to a bracket that closes, and adds its length. */
    void hideTo(char closing, LineText line) {
        int from = at;
        while (at < end && octets[at] != closing) {
            at++;
        }
        if (at > from) {
            line.length(at - from);
        }
    }
}
