package dev.steadymail.oauth;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an authorization server answered (RFC 6749 sections 5.1 and 5.2): the values of a JSON object that are text, numbers or
 * truth values, all as text, since servers differ in which they write. Anything else in it is passed over. {@code toString} hides it.
 *
 * @param status of HTTP
 * @param fields empty where the content is no JSON object
 * @param retryAfter the header, or null
 */
record Answer(
        int status, Map<String, String> fields, @Nullable String retryAfter) {
    /** The most octets that an answer may have. */
    static final int MOST_OCTETS = 64 << 10;

    private static final JsonFactory JSON = new JsonFactory();

    /** Reads an answer; more than {@link #MOST_OCTETS} are as good as no JSON. */
    static Answer of(int status, byte[] content, @Nullable String retryAfter) {
        return new Answer(status, content.length > MOST_OCTETS ? Map.of() : fields(content), retryAfter);
    }

    /** Returns the values of a JSON object, none where it is none or is broken. */
    static Map<String, String> fields(byte[] content) {
        Map<String, String> fields = new HashMap<>();
        // As text, since the parser would guess other encodings from octets.
        try (JsonParser parser = JSON.createParser(new String(content, StandardCharsets.UTF_8))) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return Map.of();
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                JsonToken value = parser.nextToken();
                if (value.isScalarValue() && value != JsonToken.VALUE_NULL) {
                    fields.putIfAbsent(name, parser.getText());
                } else {
                    parser.skipChildren();
                }
            }
            return parser.currentToken() == JsonToken.END_OBJECT ? Map.copyOf(fields) : Map.of();
        } catch (IOException notJson) {
            return Map.of();
        }
    }

    boolean isSuccess() {
        return status / 100 == 2;
    }

    /** Returns a value, empty where it is missing. */
    String text(String name) {
        return fields.getOrDefault(name, "");
    }

    /** Returns a number of at most nine digits, or another one where there is none. */
    long seconds(String name, long otherwise) {
        String digits = text(name);
        return digits.matches("\\d{1,9}") ? Long.parseLong(digits) : otherwise;
    }

    @Override
    public String toString() {
        return "Answer[hidden]";
    }
}
