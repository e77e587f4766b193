package dev.steadymail.imap.codec;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One argument of a response as the grammar sees it (RFC 3501 section 4): texts, NIL, and lists of them. Kept as places in the frame's
 * octets, in the order they came, so that no text is made before somebody wants it. A value is named by its place here, the whole by
 * {@link #ROOT}. Forgives a wrong kind: a string where a list should be is no list, and so an empty one.
 *
 * <p>Used again for the next argument, so what it says is to be read before. Not thread-safe.
 */
final class Values {
    /** The argument itself. */
    static final int ROOT = 0;
    /** No value: has no text and is an empty list. */
    static final int NONE = -1;

    /** More cells are let go after their response: an idle connection keeps little. */
    private static final int KEPT = 768;

    private static final int FIRST = 96;

    /** For each value its kind, and where its octets begin and end; for a list how many values it has, and where the next one is. */
    private static final int WIDTH = 3;

    private static final int NIL = 0;
    private static final int TEXT = 1;
    /** A text with backslashes in it. */
    private static final int ESCAPED = 2;

    private static final int LIST = 3;
    /** A literal that was handed on while it arrived; its octets here are the digits of its size. */
    private static final int STREAMED = 4;

    private static final int[] NO_CELLS = {};
    private static final byte[] NO_OCTETS = {};

    private int[] cells = NO_CELLS;
    private int length;
    private int depth;
    /** The innermost list that is open; what is around it stands in its third cell until it is closed. */
    private int open = NONE;

    private byte[] octets = NO_OCTETS;
    private boolean verbatim;

    /**
     * Forgets what was there.
     *
     * @param octets of which the values will be places
     * @param verbatim whether each octet stands for itself, see {@link OctetText#of}
     */
    void begin(byte[] octets, boolean verbatim) {
        this.octets = octets;
        this.verbatim = verbatim;
        length = 0;
        depth = 0;
        open = NONE;
    }

    /** Ends a response. */
    void clear() {
        begin(NO_OCTETS, false);
        if (cells.length > KEPT) {
            cells = NO_CELLS;
        }
    }

    void addNil() {
        add(NIL, 0, 0);
    }

    void addText(int from, int to, boolean escaped) {
        add(escaped ? ESCAPED : TEXT, from, to);
    }

    void addStreamed(int from, int to) {
        add(STREAMED, from, to);
    }

    void open() {
        add(LIST, 0, open);
        open = length - WIDTH;
        depth++;
    }

    void close() {
        int around = cells[open + 2];
        cells[open + 2] = length;
        open = around;
        depth--;
    }

    /** Returns how many lists are open. */
    int depth() {
        return depth;
    }

    private void add(int kind, int from, int to) {
        if (length + WIDTH > cells.length) {
            cells = Arrays.copyOf(cells, Math.max(FIRST, 2 * cells.length));
        }
        if (open != NONE) {
            cells[open + 1]++;
        }
        cells[length] = kind;
        cells[length + 1] = from;
        cells[length + 2] = to;
        length += WIDTH;
    }

    boolean isNil(int value) {
        return value != NONE && cells[value] == NIL;
    }

    boolean isList(int value) {
        return value != NONE && cells[value] == LIST;
    }

    boolean isText(int value) {
        return value != NONE && (cells[value] == TEXT || cells[value] == ESCAPED);
    }

    boolean isStreamed(int value) {
        return value != NONE && cells[value] == STREAMED;
    }

    /** Returns how many values a list has. */
    int size(int list) {
        return isList(list) ? cells[list + 1] : 0;
    }

    /** Returns the first value of a list that has one. */
    static int first(int list) {
        return list + WIDTH;
    }

    /** Returns the value behind another one in the same list, where there is one. */
    int after(int value) {
        return cells[value] == LIST ? cells[value + 2] : value + WIDTH;
    }

    /** Returns a value of a list, or {@link #NONE}. Takes time by the index. */
    int get(int list, int index) {
        if (index >= size(list)) {
            return NONE;
        }
        int value = first(list);
        for (int i = 0; i < index; i++) {
            value = after(value);
        }
        return value;
    }

    /** Answers whether two values were sent with the same octets, white space between values aside. */
    boolean isSame(int one, int other) {
        int end = after(one);
        int distance = other - one;
        if (after(other) - other != end - one) {
            return false;
        }
        for (int at = one; at < end; at += WIDTH) {
            if (!isSameCell(at, at + distance)) {
                return false;
            }
        }
        return true;
    }

    private boolean isSameCell(int one, int other) {
        if (cells[one] != cells[other] || cells[one] == STREAMED) {
            return false;
        }
        return cells[one] == LIST
                ? cells[one + 1] == cells[other + 1]
                : Arrays.equals(octets, cells[one + 1], cells[one + 2], octets, cells[other + 1], cells[other + 2]);
    }

    @Nullable
    String textOrNull(int value) {
        return isText(value) ? string(value) : null;
    }

    private String string(int text) {
        int from = cells[text + 1];
        int to = cells[text + 2];
        return cells[text] == ESCAPED
                ? OctetText.unescaped(octets, from, to, verbatim)
                : OctetText.of(octets, from, to, verbatim);
    }

    /** Returns a text in lower case, or what to say where there is none or it is empty. */
    String lower(int value, String absent) {
        if (!isText(value) || cells[value + 1] == cells[value + 2]) {
            return absent;
        }
        String common = cells[value] == TEXT ? CommonAtoms.lower(octets, cells[value + 1], cells[value + 2]) : null;
        return common != null ? common : string(value).toLowerCase(Locale.ROOT);
    }

    /** Returns a value as text: NIL is empty, a list its values with a space between, one with lists in it empty. */
    String text(int value) {
        int size = size(value);
        if (size == 0) {
            return isText(value) ? string(value) : "";
        }
        StringBuilder joined = size == 1 ? null : new StringBuilder();
        int at = first(value);
        for (int i = 0; i < size; i++, at = after(at)) {
            if (isList(at)) {
                return "";
            }
            if (joined == null) {
                return text(at);
            }
            joined.append(i == 0 ? "" : " ").append(text(at));
        }
        return String.valueOf(joined);
    }

    /** Returns the number that a text is. */
    long number(int text) throws UnreadableException {
        return cells[text] == ESCAPED
                ? OctetText.number(string(text))
                : OctetText.number(octets, cells[text + 1], cells[text + 2]);
    }

    /** Returns the octets of a literal that was handed on. */
    long streamedSize(int streamed) throws UnreadableException {
        return OctetText.number(octets, cells[streamed + 1], cells[streamed + 2]);
    }

    /** Returns the texts of a list; what else is in it is left out. */
    List<String> texts(int list) {
        int size = size(list);
        if (size == 0) {
            return List.of();
        }
        List<String> texts = new ArrayList<>(size);
        int at = first(list);
        for (int i = 0; i < size; i++, at = after(at)) {
            if (isText(at)) {
                texts.add(string(at));
            }
        }
        return List.copyOf(texts);
    }

    /** Returns a list of names and values in turn, by upper-case name. */
    Map<String, String> pairs(int list) {
        return inTurn(list, true);
    }

    /** Returns a list of names and values in turn, by lower-case name. */
    Map<String, String> parameters(int list) {
        return inTurn(list, false);
    }

    private Map<String, String> inTurn(int list, boolean upper) {
        int size = size(list);
        if (size < 2) {
            return Map.of();
        }
        int name = first(list);
        int value = after(name);
        if (size < 4) {
            return Map.of(name(name, upper), text(value));
        }
        Map<String, String> pairs = new LinkedHashMap<>(4);
        for (int i = 0; i + 1 < size; i += 2) {
            pairs.put(name(name, upper), text(value));
            name = after(value);
            value = i + 3 < size ? after(name) : NONE;
        }
        // Not copied: a map of the JDK's own kind takes quadratic time for names that a sender chose to have one hash.
        return Collections.unmodifiableMap(pairs);
    }

    private String name(int value, boolean upper) {
        if (upper) {
            return text(value).toUpperCase(Locale.ROOT);
        }
        return isText(value) ? lower(value, "") : text(value).toLowerCase(Locale.ROOT);
    }
}
