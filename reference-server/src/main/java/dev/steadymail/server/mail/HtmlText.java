package dev.steadymail.server.mail;

import java.util.Locale;
import java.util.Set;
import org.jsoup.parser.Parser;

/**
 * What a person would read in HTML, as plain text. Nothing of it is markup any more, and nothing is fetched.
 *
 * <p>Tags are taken out in one pass (WHATWG HTML section 13.2.5) and no tree is built: what a parser adds to repair wrong nesting
 * can be a thousand times what was sent. The text is never longer than the HTML.
 */
final class HtmlText {
    private static final int LONGEST_NAME = 20;
    /** The longest name of a character with its {@code &}; WHATWG HTML section 13.5. */
    private static final int LONGEST_REFERENCE = 33;

    private static final Set<String> UNSEEN =
            Set.of("script", "style", "title", "template", "noscript", "iframe", "noembed", "noframes");

    private final String html;
    private final TextLines lines = new TextLines();
    private int at;

    private HtmlText(String html) {
        this.html = html;
    }

    static String of(String html) {
        return StorableText.clean(new HtmlText(html).read());
    }

    private String read() {
        while (at < html.length()) {
            char c = html.charAt(at);
            if (c == '<') {
                markup();
            } else if (c == '&') {
                reference();
            } else {
                lines.add(c);
                at++;
            }
        }
        return lines.text();
    }

    private void markup() {
        char next = charAt(at + 1);
        if (isLetter(next)) {
            startTag();
        } else if (next == '/' && isLetter(charAt(at + 2))) {
            endTag();
        } else if (html.startsWith("<!--", at)) {
            // From within its own hyphens: <!--> is a whole comment.
            at = behind("-->", at + 2);
        } else if (next == '!' || next == '?' || next == '/') {
            // CDATA too: in HTML it is a comment up to the next >.
            at = behind(">", at + 2);
        } else {
            lines.add('<');
            at++;
        }
    }

    private void startTag() {
        String name = tag(at + 1);
        lines.begin(name);
        if (UNSEEN.contains(name)) {
            at = endOf(name);
        }
    }

    private void endTag() {
        lines.end(tag(at + 2));
    }

    /** Goes behind a tag and returns its name, empty where it is longer than any that matters. */
    private String tag(int from) {
        int to = from;
        while (!isNameEnd(to)) {
            to++;
        }
        at = behindAttributes(to);
        return to - from > LONGEST_NAME ? "" : html.substring(from, to).toLowerCase(Locale.ROOT);
    }

    private int behindAttributes(int from) {
        int i = from;
        while (i < html.length() && html.charAt(i) != '>') {
            i = html.charAt(i) == '=' ? behindValue(i + 1) : i + 1;
        }
        return Math.min(i + 1, html.length());
    }

    /** A quote counts only where a value begins. */
    private int behindValue(int from) {
        int i = from;
        while (isSpace(charAt(i))) {
            i++;
        }
        char quote = charAt(i);
        if (quote == '"' || quote == '\'') {
            return behind(String.valueOf(quote), i + 1);
        }
        while (i < html.length() && !isSpace(html.charAt(i)) && html.charAt(i) != '>') {
            i++;
        }
        return i;
    }

    /** Returns where the end tag is that ends what is not shown; nothing else in there is markup. */
    private int endOf(String name) {
        int i = html.indexOf("</", at);
        while (i >= 0
                && !(html.regionMatches(true, i + 2, name, 0, name.length()) && isNameEnd(i + 2 + name.length()))) {
            i = html.indexOf("</", i + 2);
        }
        return i < 0 ? html.length() : i;
    }

    private void reference() {
        int limit = Math.min(html.length(), at + LONGEST_REFERENCE);
        int to = at + 1;
        while (to < limit && isReferencePart(html.charAt(to))) {
            to++;
        }
        if (charAt(to) == ';') {
            to++;
        }
        Parser.unescapeEntities(html.substring(at, to), false).chars().forEach(c -> lines.add((char) c));
        at = to;
    }

    private int behind(String mark, int from) {
        int found = html.indexOf(mark, from);
        return found < 0 ? html.length() : found + mark.length();
    }

    /** Returns a NUL behind the end. */
    private char charAt(int index) {
        return index < html.length() ? html.charAt(index) : 0;
    }

    private boolean isNameEnd(int index) {
        return index >= html.length() || isSpace(charAt(index)) || charAt(index) == '/' || charAt(index) == '>';
    }

    private static boolean isReferencePart(char c) {
        return isLetter(c) || (c >= '0' && c <= '9') || c == '#';
    }

    private static boolean isLetter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    private static boolean isSpace(char c) {
        return c == ' ' || (c >= '\t' && c <= '\r' && c != 0x0B);
    }
}
