package dev.steadymail.gmail;

import com.google.api.services.gmail.model.MessagePart;
import com.google.api.services.gmail.model.MessagePartHeader;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The header fields of one part, by name without regard to case; of several fields of one name the first counts.
 *
 * @param values names to raw values
 */
record PartHeaders(Map<String, String> values) {
    static PartHeaders of(MessagePart part) {
        Map<String, String> values = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        List<MessagePartHeader> headers = part.getHeaders() == null ? List.of() : part.getHeaders();
        for (MessagePartHeader header : headers) {
            if (header.getName() != null && header.getValue() != null) {
                values.putIfAbsent(header.getName(), header.getValue());
            }
        }
        return new PartHeaders(values);
    }

    String text(String name) {
        return values.getOrDefault(name, "");
    }

    @Nullable
    String trimmed(String name) {
        String value = text(name).strip();
        return value.isEmpty() ? null : value;
    }

    /** Returns the word before the first parameter, in lower case; null where there is none. */
    @Nullable
    String word(String name) {
        String value = text(name);
        int end = value.indexOf(';');
        String word = (end < 0 ? value : value.substring(0, end)).strip().toLowerCase(Locale.ROOT);
        return word.isEmpty() ? null : word;
    }

    @Override
    public String toString() {
        return "PartHeaders[hidden]";
    }
}
