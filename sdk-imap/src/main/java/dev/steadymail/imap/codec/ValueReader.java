package dev.steadymail.imap.codec;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Reads the octets of one frame from left to right, within the limits and without recursion. Forgives what servers really send:
 * white space too much, NIL in lower case, 8-bit octets in quoted strings, an unknown backslash. Not thread-safe.
 */
final class ValueReader {
    private static final int LONGEST_NUMBER = 19;

    private final Frame frame;
    private final CodecLimits limits;
    private final byte[] octets;
    private final int end;
    private int at;
    private int tokens;
    /** Whether each octet stands for itself, instead of for a part of a character. */
    private boolean verbatim;

    ValueReader(Frame frame, CodecLimits limits) {
        this.frame = frame;
        this.limits = limits;
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
        String text = text(octets, at, end);
        at = end;
        return text;
    }

    /** Reads up to the next white space, parenthesis or end. */
    String word() throws UnreadableException {
        count();
        skipSpaces();
        int from = at;
        while (at < end && !isDelimiter(octets[at])) {
            at++;
        }
        return taken(from);
    }

    /** Like {@link #word}, for the word that names a response: a code in brackets may follow without white space. */
    String keyword() throws UnreadableException {
        count();
        skipSpaces();
        int from = at;
        while (at < end && octets[at] != '[' && !isDelimiter(octets[at])) {
            at++;
        }
        return taken(from);
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
        return text(octets, from, at);
    }

    private static boolean endsItem(byte octet) {
        return isDelimiter(octet) || octet == '{' || octet == '~' || octet == '"';
    }

    private String taken(int from) throws UnreadableException {
        if (at == from) {
            throw new UnreadableException("a word is missing");
        }
        return text(octets, from, at);
    }

    private static boolean isDelimiter(byte octet) {
        return octet == ' ' || octet == '(' || octet == ')' || octet == '\r' || octet == '\n' || octet == '\t';
    }

    /** Reads a number that is not negative; one that is, as some servers send for a size, is 0. */
    long number() throws UnreadableException {
        return number(word());
    }

    static long number(String word) throws UnreadableException {
        boolean negative = word.startsWith("-");
        String digits = negative ? word.substring(1) : word;
        if (digits.isEmpty()
                || digits.length() > LONGEST_NUMBER
                || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw new UnreadableException("a number is missing");
        }
        try {
            return negative ? 0 : Long.parseLong(digits);
        } catch (NumberFormatException tooLarge) {
            throw new UnreadableException("a number is too large");
        }
    }

    /** Reads one value, a list with all that is in it. */
    ImapValue value() throws UnreadableException {
        Deque<List<ImapValue>> open = new ArrayDeque<>();
        while (true) {
            ImapValue value = null;
            if (accept('(')) {
                count();
                if (open.size() >= limits.maxDepth()) {
                    throw new UnreadableException("lists are nested deeper than " + limits.maxDepth());
                }
                open.push(new ArrayList<>(4));
            } else if (!open.isEmpty() && accept(')')) {
                value = new ImapValue.Items(open.pop());
            } else {
                value = single();
            }
            if (value != null && open.isEmpty()) {
                return value;
            }
            if (value != null) {
                open.element().add(value);
            }
        }
    }

    private ImapValue single() throws UnreadableException {
        skipSpaces();
        if (at >= end) {
            throw new UnreadableException("the response ends too early");
        }
        byte first = octets[at];
        if (first == '"') {
            return new ImapValue.Text(quoted());
        }
        if (first == '{' || (first == '~' && at + 1 < end && octets[at + 1] == '{')) {
            return literal();
        }
        String word = word();
        return word.equalsIgnoreCase("NIL") ? ImapValue.NIL : new ImapValue.Text(word);
    }

    /** Reads a string in one of its forms, or an atom (RFC 3501, {@code astring}), which may be spelled like NIL. */
    String string() throws UnreadableException {
        if (!isNext('"') && !isNext('{') && !isNext('~')) {
            return word();
        }
        if (single() instanceof ImapValue.Text text) {
            return text.text();
        }
        throw new UnreadableException("a string is missing");
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
    ImapValue octetsOrLiteral() throws UnreadableException {
        verbatim = true;
        try {
            return value();
        } finally {
            verbatim = false;
        }
    }

    private String quoted() throws UnreadableException {
        count();
        int from = ++at;
        boolean escaped = false;
        while (at < end && octets[at] != '"' && octets[at] != '\n') {
            escaped |= octets[at] == '\\';
            at += octets[at] == '\\' ? 2 : 1;
        }
        if (at >= end || octets[at] == '\n') {
            throw new UnreadableException("a quoted string does not end");
        }
        String text = escaped ? unescaped(from, at) : text(octets, from, at);
        at++;
        return text;
    }

    private String unescaped(int from, int to) {
        byte[] plain = new byte[to - from];
        int length = 0;
        for (int i = from; i < to; i++) {
            if (octets[i] == '\\' && i + 1 < to) {
                i++;
            }
            plain[length++] = octets[i];
        }
        return text(plain, 0, length);
    }

    /** The framer has seen each announcement, or the line would not have gone on; what merely looks like one is malformed. */
    private ImapValue literal() throws UnreadableException {
        count();
        long size = announced();
        if (frame.isStreamed(at)) {
            return new ImapValue.Streamed(size);
        }
        if (size > frame.length - at) {
            throw new UnreadableException("a literal is cut short");
        }
        String text = text(octets, at, at + (int) size);
        at += (int) size;
        return new ImapValue.Text(text);
    }

    private long announced() throws UnreadableException {
        int from = octets[at] == '~' ? at + 2 : at + 1;
        int to = from;
        while (to < end && octets[to] >= '0' && octets[to] <= '9') {
            to++;
        }
        long size = number(text(octets, from, to));
        at = to;
        if (at < end && octets[at] == '+') {
            at++;
        }
        int line = at + 1 < frame.length && octets[at + 1] == '\r' ? at + 2 : at + 1;
        if (line >= frame.length || octets[at] != '}' || octets[line] != '\n') {
            throw new UnreadableException("a literal is malformed");
        }
        at = line + 1;
        return size;
    }

    private void count() throws UnreadableException {
        if (++tokens > limits.maxTokens()) {
            throw new UnreadableException("more than " + limits.maxTokens() + " tokens");
        }
    }

    private String text(byte[] octets, int from, int to) {
        for (int i = from; i < to; i++) {
            if (octets[i] < 0 && !verbatim) {
                return decoded(octets, from, to);
            }
        }
        return new String(octets, from, to - from, StandardCharsets.ISO_8859_1);
    }

    private static String decoded(byte[] octets, int from, int to) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(octets, from, to - from))
                    .toString();
        } catch (CharacterCodingException noUtf8) {
            return new String(octets, from, to - from, StandardCharsets.ISO_8859_1);
        }
    }
}
