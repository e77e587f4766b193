package dev.steadymail.html;

import static java.util.Map.entry;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Inline styles by an allow-list: properties that change how something looks where it stands, and values made of words, numbers,
 * colours and, for fonts, names. Whatever moves something out of its place, loads, computes or is written with escapes is left out.
 */
final class SafeStyle {
    private static final Set<String> PLAIN = SafeElements.words("""
            background-color border border-bottom border-bottom-color border-bottom-left-radius border-bottom-right-radius
            border-bottom-style border-bottom-width border-collapse border-color border-left border-left-color border-left-style
            border-left-width border-radius border-right border-right-color border-right-style border-right-width border-spacing
            border-style border-top border-top-color border-top-left-radius border-top-right-radius border-top-style border-top-width
            border-width box-sizing caption-side clear color direction empty-cells float font-size font-style font-variant font-weight
            height letter-spacing line-height list-style-position list-style-type margin margin-bottom margin-left margin-right
            margin-top max-height max-width min-height min-width opacity overflow overflow-wrap padding padding-bottom padding-left
            padding-right padding-top table-layout text-align text-decoration text-decoration-color text-decoration-line
            text-decoration-style text-indent text-overflow text-transform unicode-bidi vertical-align visibility white-space width
            word-break word-spacing word-wrap""");

    private static final Set<String> WITH_NAMES = Set.of("font", "font-family");
    /** How many pixels below zero each may be: enough for hanging indents and small capitals, too little to leave the message. */
    private static final Map<String, Integer> NEGATIVE =
            Map.of("letter-spacing", 2, "word-spacing", 2, "text-indent", 48, "vertical-align", 48);

    private static final Set<String> DISPLAY = SafeElements.words("""
            none block inline inline-block list-item table inline-table table-row table-cell table-row-group table-header-group
            table-footer-group table-column table-column-group table-caption""");

    /** Words of {@code background} that are no colours. */
    private static final Set<String> PLACEMENT = SafeElements.words("""
            auto border-box bottom center contain content-box cover fixed inherit initial left local no-repeat none padding-box repeat
            repeat-x repeat-y revert right round scroll space top unset""");

    private static final Map<String, String> OLD_NAMES = Map.ofEntries(entry("-webkit-border-radius", "border-radius"));
    private static final String IMPORTANT = "important";
    private static final int LONGEST_VALUE = 1000;

    private SafeStyle() {}

    /** The declarations that are allowed, in one form; empty if there are none. */
    static String written(String style) {
        StringBuilder out = new StringBuilder();
        for (String declaration : CssText.declarations(style)) {
            int colon = declaration.indexOf(':');
            if (colon > 0 && declaration.length() <= LONGEST_VALUE) {
                String name = declaration.substring(0, colon).strip().toLowerCase(Locale.ROOT);
                append(out, OLD_NAMES.getOrDefault(name, name), declaration.substring(colon + 1));
            }
        }
        return out.toString();
    }

    private static void append(StringBuilder out, String name, String raw) {
        int end = importantAt(raw);
        boolean important = end < raw.length();
        String written = value(name, raw.substring(0, end).strip());
        if (written != null && !written.isEmpty()) {
            String property = name.equals("background") ? "background-color" : name;
            out.append(out.isEmpty() ? "" : ";").append(property).append(':').append(written);
            out.append(important ? " !important" : "");
        }
    }

    /**
     * Where {@code !important} begins, or the end of a value without it. From the end, so that each space is looked at once; a search
     * with an expression would go through a run of spaces from each of them.
     */
    static int importantAt(CharSequence value) {
        int word = trimmed(value, value.length()) - IMPORTANT.length();
        if (word < 1) {
            return value.length();
        }
        String last = value.subSequence(word, word + IMPORTANT.length()).toString();
        int mark = trimmed(value, word) - 1;
        boolean important = CssText.asciiLower(last).equals(IMPORTANT) && mark >= 0 && value.charAt(mark) == '!';
        return important ? mark : value.length();
    }

    /** The end without the spaces before it. */
    private static int trimmed(CharSequence value, int end) {
        int at = end;
        while (at > 0 && CssText.isSpace(value.charAt(at - 1))) {
            at--;
        }
        return at;
    }

    private static @Nullable String value(String name, String raw) {
        if (name.equals("background")) {
            return colour(raw);
        }
        if (name.equals("display")) {
            String display = raw.toLowerCase(Locale.ROOT);
            return DISPLAY.contains(display) ? display : null;
        }
        boolean names = WITH_NAMES.contains(name);
        return names || PLAIN.contains(name)
                ? new CssValue(raw, names, NEGATIVE.getOrDefault(name, 0)).written()
                : null;
    }

    /** The first colour among pictures and placements. */
    private static @Nullable String colour(String background) {
        for (String word : words(background)) {
            String value = new CssValue(word, false, 0).written();
            boolean colour = value != null && (value.startsWith("#") || value.endsWith(")") || isName(value));
            if (colour && !PLACEMENT.contains(value)) {
                return value;
            }
        }
        return null;
    }

    private static boolean isName(String value) {
        return value.chars().allMatch(c -> c >= 'a' && c <= 'z');
    }

    /** Split at spaces that stand in no bracket. */
    private static Iterable<String> words(String text) {
        StringBuilder marked = new StringBuilder(text.length());
        int depth = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            depth = Math.max(0, depth + (c == '(' ? 1 : c == ')' ? -1 : 0));
            marked.append(depth == 0 && Character.isWhitespace(c) ? '\n' : c == '\n' ? ' ' : c);
        }
        return marked.toString().lines().filter(each -> !each.isBlank()).toList();
    }
}
