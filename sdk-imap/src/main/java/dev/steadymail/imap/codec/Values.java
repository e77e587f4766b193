package dev.steadymail.imap.codec;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Views of values that forgive a wrong kind: a string where a list should be is no list, and so an empty one. */
final class Values {
    private Values() {}

    static List<ImapValue> items(ImapValue value) {
        return value instanceof ImapValue.Items list ? list.values() : List.of();
    }

    static @Nullable String textOrNull(ImapValue value) {
        return value instanceof ImapValue.Text text ? text.text() : null;
    }

    /** Returns a value as text: NIL is empty, a list its values with a space between. */
    static String text(ImapValue value) {
        if (value instanceof ImapValue.Items list
                && list.values().stream().noneMatch(ImapValue.Items.class::isInstance)) {
            return list.values().stream().map(Values::text).collect(Collectors.joining(" "));
        }
        return value instanceof ImapValue.Text text ? text.text() : "";
    }

    static List<String> texts(ImapValue value) {
        List<ImapValue> values = items(value);
        List<String> texts = new ArrayList<>(values.size());
        for (ImapValue each : values) {
            String text = textOrNull(each);
            if (text != null) {
                texts.add(text);
            }
        }
        return List.copyOf(texts);
    }

    /** Returns a list of names and values in turn, by upper-case name. */
    static Map<String, String> pairs(ImapValue value) {
        return inTurn(value, true);
    }

    /** Returns a list of names and values in turn, by lower-case name. */
    static Map<String, String> parameters(ImapValue value) {
        return inTurn(value, false);
    }

    private static Map<String, String> inTurn(ImapValue value, boolean upper) {
        List<ImapValue> values = items(value);
        if (values.size() < 2) {
            return Map.of();
        }
        Map<String, String> pairs = new LinkedHashMap<>();
        for (int i = 0; i + 1 < values.size(); i += 2) {
            String name = text(values.get(i));
            pairs.put(upper ? name.toUpperCase(Locale.ROOT) : name.toLowerCase(Locale.ROOT), text(values.get(i + 1)));
        }
        // Not copied: a map of the JDK's own kind takes quadratic time for names that a sender chose to have one hash.
        return Collections.unmodifiableMap(pairs);
    }
}
