package dev.steadymail.server.mail;

import java.util.Set;

/** Collects text as lines: white space is one space, and at most one line is empty between two others. */
final class TextLines {
    private static final char NO_BREAK_SPACE = '\u00a0';
    private static final char SOFT_HYPHEN = '\u00ad';
    private static final char ZERO_WIDTH_SPACE = '\u200b';

    private static final Set<String> CELLS = Set.of("td", "th");
    private static final Set<String> LINES = Set.of(
            "tr", "li", "div", "section", "hr", "dt", "dd", "caption", "figcaption", "thead", "tbody", "tfoot", "body");
    private static final Set<String> PARAGRAPHS = Set.of(
            "p",
            "h1",
            "h2",
            "h3",
            "h4",
            "h5",
            "h6",
            "ul",
            "ol",
            "dl",
            "pre",
            "blockquote",
            "table",
            "form",
            "fieldset",
            "figure",
            "address",
            "article",
            "aside",
            "main",
            "header",
            "footer",
            "nav",
            "center",
            "details",
            "menu");

    private final StringBuilder text = new StringBuilder();

    /** Adds one character that is seen, or a space. */
    void add(char c) {
        if (isSpace(c)) {
            space();
        } else if (c != SOFT_HYPHEN && c != ZERO_WIDTH_SPACE) {
            text.append(c);
        }
    }

    /** Begins an element. */
    void begin(String element) {
        if (element.equals("br")) {
            endLine(newlines() + 1);
        } else {
            end(element);
        }
    }

    /** Ends an element. */
    void end(String element) {
        if (CELLS.contains(element)) {
            space();
        } else if (LINES.contains(element)) {
            endLine(1);
        } else if (PARAGRAPHS.contains(element)) {
            endLine(2);
        }
    }

    String text() {
        return text.toString().strip();
    }

    private void space() {
        if (!text.isEmpty() && last() != ' ' && last() != '\n') {
            text.append(' ');
        }
    }

    /** Makes it that many newlines at least, and two at most. */
    private void endLine(int newlines) {
        if (!text.isEmpty() && last() == ' ') {
            text.setLength(text.length() - 1);
        }
        int more = Math.min(2, newlines) - newlines();
        if (!text.isEmpty() && more > 0) {
            text.append("\n".repeat(more));
        }
    }

    private int newlines() {
        int there = 0;
        while (there < text.length() && there < 2 && text.charAt(text.length() - 1 - there) == '\n') {
            there++;
        }
        return there;
    }

    private char last() {
        return text.charAt(text.length() - 1);
    }

    private static boolean isSpace(char c) {
        return c == ' ' || (c >= '\t' && c <= '\r') || c == NO_BREAK_SPACE;
    }
}
