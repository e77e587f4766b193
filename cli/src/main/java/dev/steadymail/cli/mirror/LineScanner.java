package dev.steadymail.cli.mirror;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Walks through one line of JSON whose form is known; whatever has another form is an IllegalArgumentException. Not thread-safe. */
final class LineScanner {
    private static final int MAX_DIGITS = 18;

    private final String line;
    private int at;

    LineScanner(String line) {
        this.line = line;
    }

    /** Passes over what must come next. */
    LineScanner skip(String expected) {
        if (!line.startsWith(expected, at)) {
            throw otherwise();
        }
        at += expected.length();
        return this;
    }

    /** Takes a string without its escapes. */
    String string() {
        skip("\"");
        StringBuilder text = new StringBuilder();
        for (char c = next(); c != '"'; c = next()) {
            text.append(c == '\\' ? escaped() : c);
        }
        return text.toString();
    }

    @Nullable
    String stringOrNull() {
        if (line.startsWith("null", at)) {
            skip("null");
            return null;
        }
        return string();
    }

    /** Takes an array of strings. */
    List<String> strings() {
        List<String> strings = new ArrayList<>();
        skip("[");
        if (isNext(']')) {
            skip("]");
            return strings;
        }
        strings.add(string());
        while (isNext(',')) {
            skip(",");
            strings.add(string());
        }
        skip("]");
        return strings;
    }

    /** Takes a whole number of at most 18 digits, so that it always fits. */
    long number() {
        int start = at;
        while (at < line.length() && line.charAt(at) >= '0' && line.charAt(at) <= '9') {
            at++;
        }
        if (at == start || at - start > MAX_DIGITS) {
            throw otherwise();
        }
        return Long.parseLong(line.substring(start, at));
    }

    /** Requires that nothing is left. */
    void end() {
        if (at != line.length()) {
            throw otherwise();
        }
    }

    private boolean isNext(char c) {
        return at < line.length() && line.charAt(at) == c;
    }

    private char next() {
        if (at >= line.length()) {
            throw otherwise();
        }
        return line.charAt(at++);
    }

    /** Only what {@link dev.steadymail.cli.terminal.JsonLine} escapes: quote, backslash, control characters. */
    private char escaped() {
        char c = next();
        if (c == '"' || c == '\\') {
            return c;
        }
        if (c != 'u' || at + 4 > line.length()) {
            throw otherwise();
        }
        int code = Integer.parseInt(line, at, at + 4, 16);
        at += 4;
        return (char) code;
    }

    private IllegalArgumentException otherwise() {
        return new IllegalArgumentException("not an index line at character " + at);
    }
}
