package dev.steadymail.testkit.gmail;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;

/** A partial response: {@code a,b/c,d(e,f),*}. A mask without fields keeps all. */
final class FieldMask {
    private static final int MAX_DEPTH = 20;

    private final Map<String, FieldMask> fields = new LinkedHashMap<>();

    private FieldMask() {}

    static FieldMask parse(String text) {
        Parser parser = new Parser(text);
        FieldMask mask = new FieldMask();
        parser.list(mask, 0);
        if (parser.at < text.length()) {
            throw parser.invalid();
        }
        return mask;
    }

    JsonElement apply(JsonElement value) {
        if (fields.isEmpty() || value.isJsonPrimitive() || value.isJsonNull()) {
            return value;
        }
        if (value.isJsonArray()) {
            JsonArray kept = new JsonArray();
            value.getAsJsonArray().forEach(element -> kept.add(apply(element)));
            return kept;
        }
        JsonObject kept = new JsonObject();
        for (Map.Entry<String, JsonElement> entry : value.getAsJsonObject().entrySet()) {
            FieldMask mask = fields.getOrDefault(entry.getKey(), fields.get("*"));
            if (mask != null) {
                kept.add(entry.getKey(), mask.apply(entry.getValue()));
            }
        }
        return kept;
    }

    /** Reads the text from left to right. */
    private static final class Parser {
        final String text;
        int at;

        Parser(String text) {
            this.text = text;
        }

        void list(FieldMask into, int depth) {
            do {
                path(into, depth);
            } while (skip(','));
        }

        private void path(FieldMask into, int depth) {
            if (depth > MAX_DEPTH) {
                throw invalid();
            }
            FieldMask field = into.fields.computeIfAbsent(name(), key -> new FieldMask());
            if (skip('/')) {
                path(field, depth + 1);
            } else if (skip('(')) {
                list(field, depth + 1);
                if (!skip(')')) {
                    throw invalid();
                }
            }
        }

        private String name() {
            int start = at;
            while (at < text.length() && ",/()".indexOf(text.charAt(at)) < 0) {
                at++;
            }
            String name = text.substring(start, at).strip();
            if (name.isEmpty()) {
                throw invalid();
            }
            return name;
        }

        private boolean skip(char expected) {
            boolean found = at < text.length() && text.charAt(at) == expected;
            at += found ? 1 : 0;
            return found;
        }

        ApiException invalid() {
            return new ApiException(400, "invalidParameter", "Invalid field selection " + text);
        }
    }
}
