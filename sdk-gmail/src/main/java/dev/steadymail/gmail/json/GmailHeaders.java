package dev.steadymail.gmail.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The header fields of one part that our model has a place for, by name without regard to case; of several fields of one name the
 * first counts. Immutable.
 */
public final class GmailHeaders {
    public static final GmailHeaders NONE = new GmailHeaders(List.of());

    /** Names and values in turn; there are never more than a dozen names. */
    private final List<String> fields;

    private GmailHeaders(List<String> fields) {
        this.fields = fields;
    }

    /** Returns a field's value as it stands, empty where there is none. */
    public String text(String name) {
        for (int i = 0; i < fields.size(); i += 2) {
            if (fields.get(i).equalsIgnoreCase(name)) {
                return fields.get(i + 1);
            }
        }
        return "";
    }

    public @Nullable String trimmed(String name) {
        String value = text(name).strip();
        return value.isEmpty() ? null : value;
    }

    /** Returns the word before the first parameter, in lower case; null where there is none. */
    public @Nullable String word(String name) {
        String value = text(name);
        int end = value.indexOf(';');
        String word = (end < 0 ? value : value.substring(0, end)).strip().toLowerCase(Locale.ROOT);
        return word.isEmpty() ? null : word;
    }

    static GmailHeaders of(JsonParser json) throws IOException {
        if (json.currentToken() != JsonToken.START_ARRAY) {
            return NONE;
        }
        List<String> fields = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            field(json, fields);
        }
        return new GmailHeaders(fields);
    }

    /** Name and value may come in any order; as they come, a value that is not wanted is never made. */
    private static void field(JsonParser json, List<String> fields) throws IOException {
        if (json.currentToken() != JsonToken.START_OBJECT) {
            json.skipChildren();
            return;
        }
        boolean named = false;
        String name = null;
        String value = null;
        for (String key = json.nextFieldName(); key != null; key = json.nextFieldName()) {
            json.nextToken();
            if (key.equals("name")) {
                name = HeaderName.of(json);
                named = true;
            } else if (key.equals("value") && (name != null || !named)) {
                value = JsonObjects.text(json);
            }
            json.skipChildren();
        }
        if (name != null && value != null) {
            fields.add(name);
            fields.add(value);
        }
    }

    @Override
    public String toString() {
        return "GmailHeaders[hidden]";
    }
}
