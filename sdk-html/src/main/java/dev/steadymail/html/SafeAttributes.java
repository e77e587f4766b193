package dev.steadymail.html;

import static java.util.Map.entry;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Attributes whose value needs no more than a look at its form. URLs, ids and styles are decided elsewhere. */
final class SafeAttributes {
    private static final int LONGEST = 2000;
    private static final Pattern LENGTH = Pattern.compile("\\d{1,5}(\\.\\d{1,4})?(px|%)?");
    private static final Pattern NUMBER = Pattern.compile("-?\\d{1,6}");
    private static final Pattern SPAN = Pattern.compile("[1-9]\\d?|100");
    private static final Pattern COLOUR = Pattern.compile("#?[0-9a-fA-F]{3,8}|[a-zA-Z]{3,20}");
    private static final Pattern FONT_SIZE = Pattern.compile("[+-]?\\d{1,2}");
    private static final Pattern FONTS = Pattern.compile("[\\p{L}\\p{N} ,'\"_-]{1,200}");
    private static final Pattern LANGUAGE = Pattern.compile("[a-zA-Z0-9-]{1,35}");
    private static final Pattern COORDINATES = Pattern.compile("[0-9., ]{1,500}");
    private static final Pattern DATE = Pattern.compile("[0-9A-Za-z:.+ -]{1,40}");
    /** Present or not; its value counts for nothing. */
    private static final Predicate<String> FLAG = matches(Pattern.compile(".*", Pattern.DOTALL));

    private static final Predicate<String> TEXT = matches(Pattern.compile(".{0,1000}", Pattern.DOTALL));
    private static final Predicate<String> ALIGNMENT =
            oneOf("left", "right", "center", "justify", "top", "middle", "bottom", "baseline", "absmiddle", "char");

    private static final Map<String, Predicate<String>> EVERYWHERE = Map.ofEntries(
            entry("title", TEXT),
            entry("lang", matches(LANGUAGE)),
            entry("dir", oneOf("ltr", "rtl", "auto")),
            entry("role", oneOf("presentation", "none")),
            entry("aria-hidden", oneOf("true", "false")),
            entry("align", ALIGNMENT),
            entry("valign", ALIGNMENT));

    private static final Map<String, Map<String, Predicate<String>>> BY_ELEMENT = Map.ofEntries(
            entry("table", table()),
            entry("td", cell()),
            entry("th", cell()),
            entry("tr", Map.of("bgcolor", matches(COLOUR), "height", matches(LENGTH))),
            entry("col", Map.of("span", matches(SPAN), "width", matches(LENGTH))),
            entry("colgroup", Map.of("span", matches(SPAN), "width", matches(LENGTH))),
            entry("img", image()),
            entry(
                    "area",
                    Map.of(
                            "alt",
                            TEXT,
                            "shape",
                            oneOf("rect", "circle", "poly", "default"),
                            "coords",
                            matches(COORDINATES))),
            entry("font", Map.of("color", matches(COLOUR), "face", matches(FONTS), "size", matches(FONT_SIZE))),
            entry(
                    "hr",
                    Map.of(
                            "width",
                            matches(LENGTH),
                            "size",
                            matches(LENGTH),
                            "color",
                            matches(COLOUR),
                            "noshade",
                            FLAG)),
            entry("ol", Map.of("start", matches(NUMBER), "type", oneOf("1", "a", "i"), "reversed", FLAG)),
            entry("ul", Map.of("type", oneOf("disc", "circle", "square"))),
            entry("li", Map.of("value", matches(NUMBER))),
            entry("br", Map.of("clear", oneOf("left", "right", "all", "none"))),
            entry("details", Map.of("open", FLAG)),
            entry("time", Map.of("datetime", matches(DATE))),
            entry("ins", Map.of("datetime", matches(DATE))),
            entry("del", Map.of("datetime", matches(DATE))));

    private SafeAttributes() {}

    /** The value to write, or null if the attribute is not allowed there, or not with this value. */
    static @Nullable String written(String element, String name, String value) {
        Predicate<String> check = BY_ELEMENT.getOrDefault(element, Map.of()).get(name);
        Predicate<String> chosen = check == null ? EVERYWHERE.get(name) : check;
        if (chosen == FLAG) {
            return "";
        }
        if (value.length() > LONGEST) {
            return null;
        }
        String stripped = value.strip();
        return chosen != null && chosen.test(stripped) ? stripped : null;
    }

    static boolean isColour(String value) {
        return matches(COLOUR).test(value);
    }

    private static Map<String, Predicate<String>> table() {
        return Map.of(
                "width", matches(LENGTH),
                "height", matches(LENGTH),
                "border", matches(LENGTH),
                "cellpadding", matches(LENGTH),
                "cellspacing", matches(LENGTH),
                "bgcolor", matches(COLOUR),
                "summary", TEXT);
    }

    private static Map<String, Predicate<String>> cell() {
        return Map.of(
                "width", matches(LENGTH),
                "height", matches(LENGTH),
                "colspan", matches(SPAN),
                "rowspan", matches(SPAN),
                "bgcolor", matches(COLOUR),
                "nowrap", FLAG,
                "scope", oneOf("row", "col", "rowgroup", "colgroup"));
    }

    private static Map<String, Predicate<String>> image() {
        return Map.of(
                "alt", TEXT,
                "width", matches(LENGTH),
                "height", matches(LENGTH),
                "border", matches(LENGTH),
                "hspace", matches(LENGTH),
                "vspace", matches(LENGTH));
    }

    private static Predicate<String> matches(Pattern pattern) {
        return value -> pattern.matcher(value).matches();
    }

    private static Predicate<String> oneOf(String... values) {
        Set<String> allowed = Set.of(values);
        return value -> allowed.contains(value.toLowerCase(Locale.ROOT));
    }
}
