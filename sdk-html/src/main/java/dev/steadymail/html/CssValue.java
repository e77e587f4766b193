package dev.steadymail.html;

import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One value of a declaration, read token by token; the first token that is not known spoils it. Used once. */
final class CssValue {
    private static final Pattern NUMBER =
            Pattern.compile("([+-]?)(\\d{0,5}\\.?\\d{1,6}|\\d{1,5}\\.)(px|pt|pc|em|ex|ch|rem|in|cm|mm|%)?");
    private static final Pattern HASH = Pattern.compile("#([0-9a-f]{8}|[0-9a-f]{6}|[0-9a-f]{3,4})");
    private static final Pattern WORD = Pattern.compile("-?[a-z][a-z-]{0,40}");
    private static final Pattern STRING =
            Pattern.compile("'([\\p{L}\\p{N} ._-]{1,80})'|\"([\\p{L}\\p{N} ._-]{1,80})\"");
    private static final Pattern COLOUR = Pattern.compile("(?:rgb|hsl)a?\\([0-9., %/]{1,60}\\)");
    private static final Pattern NAME = Pattern.compile("[\\p{L}_-][\\p{L}\\p{N}_-]{0,60}");
    private static final Set<String> REFUSED = Set.of("expression", "behavior", "javascript", "vbscript", "binding");

    private final String text;
    private final boolean names;
    private final int negative;
    private final StringBuilder out = new StringBuilder();
    private int at;

    /** A value that may be so many pixels below zero, if its unit is fixed: an {@code em} may be any size by the text around. */
    CssValue(String raw, boolean names, int negative) {
        text = names ? raw : CssText.asciiLower(raw);
        this.names = names;
        this.negative = negative;
    }

    /** The value in one form, or null where it holds anything that is not known. */
    @Nullable
    String written() {
        while (at < text.length()) {
            char c = text.charAt(at);
            if (CssText.isSpace(c)) {
                at++;
            } else if (c == ',' || c == '/') {
                out.append(c);
                at++;
            } else if (!token()) {
                return null;
            }
        }
        return out.toString();
    }

    private boolean token() {
        return take(COLOUR) || take(HASH) || number() || (names ? string() || take(NAME) : take(WORD));
    }

    private boolean number() {
        Matcher matcher = at(NUMBER);
        boolean allowed = matcher.lookingAt() && (!matcher.group(1).equals("-") || isNear(matcher));
        return allowed && append(matcher.group(), matcher.end());
    }

    private boolean isNear(Matcher number) {
        String unit = number.group(3) == null ? "" : number.group(3);
        return negative > 0
                && CssLength.isFixed(unit)
                && CssLength.pixels(Double.parseDouble(number.group(2)), unit) <= negative;
    }

    private boolean string() {
        Matcher matcher = at(STRING);
        if (!matcher.lookingAt()) {
            return false;
        }
        String content = matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
        return append("'" + content + "'", matcher.end());
    }

    private boolean take(Pattern pattern) {
        Matcher matcher = at(pattern);
        return matcher.lookingAt()
                && !REFUSED.contains(CssText.asciiLower(matcher.group()))
                && append(matcher.group(), matcher.end());
    }

    /** A token ends where a separator or the value does; otherwise it is the beginning of something else. */
    private boolean append(String token, int end) {
        if (end < text.length()
                && !CssText.isSpace(text.charAt(end))
                && text.charAt(end) != ','
                && text.charAt(end) != '/') {
            return false;
        }
        boolean first = out.isEmpty() || out.charAt(out.length() - 1) == ',' || out.charAt(out.length() - 1) == '/';
        out.append(first ? "" : " ").append(token);
        at = end;
        return true;
    }

    private Matcher at(Pattern pattern) {
        return pattern.matcher(text).region(at, text.length());
    }
}
