package dev.steadymail.server.templates;

import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Puts values in the places of {@code {{name}}}. There is no language in it: a name is looked up among the values as it stands, nothing of
 * a value is read again, and whatever has no value stays as it was written.
 */
final class Placeholders {
    private static final Pattern PLACE = Pattern.compile("\\{\\{([A-Za-z0-9_.-]{1,64})\\}\\}");

    private Placeholders() {}

    /** Returns text with values as they are. */
    static String inText(String text, Map<String, String> values) {
        return filled(text, values, UnaryOperator.identity());
    }

    /** Returns HTML with values as text: markup in a value is shown, and does nothing. */
    static String inHtml(String html, Map<String, String> values) {
        return filled(html, values, Placeholders::escaped);
    }

    private static String filled(String text, Map<String, String> values, UnaryOperator<String> written) {
        return PLACE.matcher(text).replaceAll(place -> {
            String value = values.get(place.group(1));
            return Matcher.quoteReplacement(value == null ? place.group() : written.apply(value));
        });
    }

    /** Also the marks of attributes, since a place may stand in one. */
    private static String escaped(String value) {
        return value.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
