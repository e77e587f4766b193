package dev.steadymail.html;

import java.util.ArrayList;
import java.util.List;

/** CSS as text: comments, escapes, and where a declaration ends. */
final class CssText {
    private CssText() {}

    /** Pieces between semicolons that stand in no bracket and no string. */
    static List<String> declarations(String style) {
        List<String> pieces = new ArrayList<>();
        String css = withoutComments(style);
        int start = 0;
        int depth = 0;
        char quote = 0;
        for (int i = 0; i < css.length(); i++) {
            char c = css.charAt(i);
            if (quote != 0) {
                quote = c == quote || c == '\n' ? 0 : quote;
            } else if (c == '"' || c == '\'') {
                quote = c;
            } else if (c == '(' || c == ')') {
                depth = Math.max(0, depth + (c == '(' ? 1 : -1));
            } else if (c == ';' && depth == 0) {
                pieces.add(css.substring(start, i));
                start = i + 1;
            }
        }
        pieces.add(css.substring(start));
        return pieces;
    }

    static boolean isSpace(char c) {
        return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
    }

    static String asciiLower(String text) {
        StringBuilder lower = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            lower.append(c >= 'A' && c <= 'Z' ? (char) (c + 32) : c);
        }
        return lower.toString();
    }

    static String withoutComments(String css) {
        int start = css.indexOf("/*");
        if (start < 0) {
            return css;
        }
        StringBuilder kept = new StringBuilder(css.length());
        int from = 0;
        while (start >= 0) {
            kept.append(css, from, start).append(' ');
            int end = css.indexOf("*/", start + 2);
            from = end < 0 ? css.length() : end + 2;
            start = css.indexOf("/*", from);
        }
        return kept.append(css, from, css.length()).toString();
    }

    /** Escapes as of CSS Syntax section 4.3.7. */
    static String unescaped(String css) {
        if (css.indexOf('\\') < 0) {
            return css;
        }
        StringBuilder plain = new StringBuilder(css.length());
        for (int i = 0; i < css.length(); i++) {
            char c = css.charAt(i);
            if (c != '\\' || i + 1 == css.length()) {
                plain.append(c);
                continue;
            }
            int end = i + 1;
            while (end < css.length() && end < i + 7 && Character.digit(css.charAt(end), 16) >= 0) {
                end++;
            }
            if (end == i + 1) {
                plain.append(css.charAt(++i));
            } else {
                int code = Integer.parseInt(css.substring(i + 1, end), 16);
                plain.appendCodePoint(Character.isValidCodePoint(code) ? code : 0xfffd);
                boolean space = end < css.length() && Character.isWhitespace(css.charAt(end));
                i = space ? end : end - 1;
            }
        }
        return plain.toString();
    }
}
