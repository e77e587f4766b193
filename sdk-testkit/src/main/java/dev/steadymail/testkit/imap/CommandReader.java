package dev.steadymail.testkit.imap;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/**
 * Takes a received command apart, token by token (grammar of RFC 3501 section 9). Strict: what the grammar does not allow ends in a
 * {@link CommandSyntaxException}, since a test server should show a client's mistakes. Not thread-safe.
 */
final class CommandReader {

    private static final String NOT_IN_ATOMS = "(){ %*\"\\]";
    private static final long MAX_NUMBER = Long.MAX_VALUE / 16;

    private final byte[] bytes;
    private int at;

    CommandReader(byte[] bytes) {
        this.bytes = bytes;
    }

    boolean atEnd() {
        return at == bytes.length;
    }

    /** Returns the next byte, or 0 at the end. */
    char peek() {
        return atEnd() ? 0 : (char) (bytes[at] & 0xff);
    }

    boolean skip(char expected) {
        if (peek() != expected || atEnd()) {
            return false;
        }
        at++;
        return true;
    }

    void expect(char expected) {
        if (!skip(expected)) {
            throw new CommandSyntaxException("expected '" + expected + "' at octet " + at);
        }
    }

    void space() {
        expect(' ');
    }

    void end() {
        if (!atEnd()) {
            throw new CommandSyntaxException("unexpected text at octet " + at);
        }
    }

    /** Returns the rest of the line as it is. */
    String rest() {
        String rest = new String(bytes, at, bytes.length - at, StandardCharsets.ISO_8859_1);
        at = bytes.length;
        return rest;
    }

    String tag() {
        String tag = run("");
        if (tag.isEmpty() || tag.contains("+")) {
            throw new CommandSyntaxException("a command begins with a tag");
        }
        return tag;
    }

    String atom() {
        return requireText(run(""));
    }

    /** Returns an atom in upper case, for names without case. */
    String keyword() {
        return atom().toUpperCase(Locale.ROOT);
    }

    /** Consumes the keyword if it comes next, whatever its case. */
    boolean skipKeyword(String keyword) {
        int start = at;
        if (run("").equalsIgnoreCase(keyword)) {
            return true;
        }
        at = start;
        return false;
    }

    /** Returns a name of a FETCH item, which ends before a bracket. */
    String itemName() {
        StringBuilder name = new StringBuilder();
        while (Character.isLetterOrDigit(peek()) || peek() == '.' || peek() == '-') {
            name.append(peek());
            at++;
        }
        return requireText(name.toString()).toUpperCase(Locale.ROOT);
    }

    /** Returns an id as RFC 8474 section 7 allows it; its case counts. */
    String objectId() {
        String id = atom();
        if (!id.matches("[A-Za-z0-9_-]{1,255}")) {
            throw new CommandSyntaxException("an object id is 1 to 255 letters, digits, _ and -");
        }
        return id;
    }

    String flag() {
        String prefix = skip('\\') ? "\\" : "";
        return FlagNames.canonical(prefix + atom());
    }

    List<String> flagList() {
        return list(this::flag);
    }

    /** Reads a parenthesized list, which may be empty. */
    <T> List<T> list(Supplier<T> element) {
        List<T> elements = new ArrayList<>();
        expect('(');
        if (skip(')')) {
            return elements;
        }
        do {
            elements.add(element.get());
        } while (skip(' '));
        expect(')');
        return elements;
    }

    long number() {
        int start = at;
        long number = 0;
        while (peek() >= '0' && peek() <= '9') {
            number = number * 10 + (peek() - '0');
            at++;
            if (number > MAX_NUMBER) {
                throw new CommandSyntaxException("number too large at octet " + start);
            }
        }
        if (at == start) {
            throw new CommandSyntaxException("expected a number at octet " + at);
        }
        return number;
    }

    long positiveNumber() {
        long number = number();
        if (number == 0) {
            throw new CommandSyntaxException("expected a number above 0 at octet " + at);
        }
        return number;
    }

    /** Reads a set in which {@code *} has no meaning. */
    NumberSet closedNumberSet() {
        NumberSet set = numberSet();
        if (set.hasLargest()) {
            throw new CommandSyntaxException("* is not allowed in this set");
        }
        return set;
    }

    NumberSet numberSet() {
        List<NumberSet.Range> ranges = new ArrayList<>();
        do {
            long first = setNumber();
            ranges.add(new NumberSet.Range(first, skip(':') ? setNumber() : first));
        } while (skip(','));
        return new NumberSet(ranges);
    }

    private long setNumber() {
        if (skip('*')) {
            return NumberSet.LARGEST;
        }
        long number = number();
        if (number == 0) {
            throw new CommandSyntaxException("message numbers start at 1");
        }
        return number;
    }

    /** Returns an atom, quoted string or literal. */
    byte[] astringBytes() {
        if (peek() == '"' || peek() == '{') {
            return stringBytes();
        }
        return requireText(run("]")).getBytes(StandardCharsets.US_ASCII);
    }

    String astring() {
        return utf8(astringBytes());
    }

    String mailbox() {
        return mailboxName(astring());
    }

    /** Returns a pattern of LIST, in which wildcards need no quotes. */
    String listMailbox() {
        boolean quoted = peek() == '"' || peek() == '{';
        return mailboxName(quoted ? utf8(stringBytes()) : requireText(run("]%*")));
    }

    private static String mailboxName(String encoded) {
        try {
            return ServerMailbox.canonicalName(ModifiedUtf7.decode(encoded));
        } catch (IllegalArgumentException e) {
            throw new CommandSyntaxException("mailbox names are in modified UTF-7 (RFC 3501 section 5.1.3)", e);
        }
    }

    OffsetDateTime dateTime() {
        return ImapDates.parseDateTime(utf8(quoted()));
    }

    byte[] stringBytes() {
        return peek() == '{' ? literal() : quoted();
    }

    private byte[] quoted() {
        expect('"');
        StringBuilder text = new StringBuilder();
        while (!skip('"')) {
            if (skip('\\') && peek() != '"' && peek() != '\\') {
                throw new CommandSyntaxException("only \\ and \" can be escaped");
            }
            text.append(quotedChar());
        }
        return text.toString().getBytes(StandardCharsets.US_ASCII);
    }

    private char quotedChar() {
        char next = peek();
        if (atEnd() || next == 0 || next == '\r' || next == '\n' || next > 0x7f) {
            throw new CommandSyntaxException("quoted strings hold 7-bit text on one line; use a literal");
        }
        at++;
        return next;
    }

    private byte[] literal() {
        expect('{');
        int length = (int) number();
        skip('+');
        expect('}');
        expect('\r');
        expect('\n');
        byte[] content = ByteSlice.of(bytes).part(at, (long) at + length).toBytes();
        at += content.length;
        return content;
    }

    /** Reads atom characters and, besides, those in {@code also}. */
    private String run(String also) {
        int start = at;
        while (!atEnd() && (isAtomChar(peek()) || also.indexOf(peek()) >= 0)) {
            at++;
        }
        return new String(bytes, start, at - start, StandardCharsets.US_ASCII);
    }

    private static boolean isAtomChar(char c) {
        return c > ' ' && c < 0x7f && NOT_IN_ATOMS.indexOf(c) < 0;
    }

    private String requireText(String text) {
        if (text.isEmpty()) {
            throw new CommandSyntaxException("expected a word at octet " + at);
        }
        return text;
    }

    static String utf8(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new CommandSyntaxException("text is not valid UTF-8", e);
        }
    }
}
