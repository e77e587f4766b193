package dev.steadymail.imap.redact;

import org.jspecify.annotations.Nullable;

/** A line of the log while it is made, of words, numbers and lengths. Takes no more than a log keeps, and counts the rest. Not thread-safe. */
public final class LineText {
    private static final int ROOM = 180;
    private static final int MOST_DIGITS = 20;

    private final StringBuilder out = new StringBuilder();
    private long missing;

    /** Answers whether no more is taken. */
    boolean isFull() {
        return missing > 0;
    }

    /** Adds a word of the vocabulary, or a sign of the grammar. */
    public LineText word(String known) {
        if (isFull() || out.length() + known.length() > ROOM) {
            return missing(known.length());
        }
        out.append(known);
        return this;
    }

    /** Adds the word, or the length of what stands there where it is none. */
    LineText wordOr(@Nullable String known, int length) {
        return known == null ? length(length) : word(known);
    }

    /** Adds what stands for a text. */
    public LineText length(long octets) {
        return word("<" + octets + ">");
    }

    /** Adds what stands for a literal. */
    public LineText literal(long octets) {
        return word("{" + octets + "}");
    }

    /** Adds what stands for a secret, whose length is one, too. */
    public LineText secret() {
        return word("<secret>");
    }

    /** Adds a number or a set of numbers, or its length where it is none. */
    LineText numbers(String text) {
        if (!isNumbers(text)) {
            return length(text.length());
        }
        int room = isFull() ? 0 : Math.min(text.length(), Math.max(0, ROOM - out.length()));
        out.append(text, 0, room);
        return missing(text.length() - room);
    }

    /** Says that so many octets are not shown. */
    LineText missing(long octets) {
        missing += octets;
        return this;
    }

    /** Answers whether it is one number, or several as sets have them; none longer than a number can be. */
    static boolean isNumbers(String text) {
        int digits = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= '0' && c <= '9') {
                digits++;
            } else if (c == ':' || c == ',' || c == '*') {
                digits = 0;
            } else {
                return false;
            }
            if (digits > MOST_DIGITS) {
                return false;
            }
        }
        return !text.isEmpty();
    }

    /** Returns the line. */
    @Override
    public String toString() {
        return missing > 0 ? out + " +" + missing : out.toString();
    }
}
