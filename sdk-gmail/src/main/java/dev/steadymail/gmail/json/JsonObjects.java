package dev.steadymail.gmail.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Walks through JSON objects field by field; what nobody asks for is passed over without being made. Gmail writes 64-bit numbers as
 * text, so both are taken. Values of another kind than expected count as absent. Nesting is bounded here, length by the stream.
 */
final class JsonObjects {
    /** A part takes two levels, and a message of 50 nested parts is none that anybody wrote. */
    private static final int MAX_DEPTH = 250;
    /** Texts longer than this are no ids, names or header fields; content is decoded while it is read and has no such bound. */
    private static final int MAX_TEXT = 16 << 20;

    private static final int MAX_DIGITS = 20;
    private static final int MAX_ID = 2_048;

    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxStringLength(MAX_TEXT)
                    .build())
            // Error texts would repeat content of mail.
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            // Who opened the stream closes it.
            .disable(StreamReadFeature.AUTO_CLOSE_SOURCE)
            .build();

    private JsonObjects() {}

    /** Takes one field; the parser stands at its value, and may be left there or at its end. */
    @FunctionalInterface
    interface FieldReader {
        void read(String name, JsonParser json) throws IOException;
    }

    /** Reads one item of an array; null for what is none. */
    @FunctionalInterface
    interface ItemReader<T> {
        @Nullable
        T read(JsonParser json) throws IOException;
    }

    /** Reads a whole answer that is one object. */
    static void document(InputStream content, FieldReader fields) throws IOException {
        try (JsonParser json = JSON.createParser(content)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw new JsonParseException(json, "an object was expected");
            }
            object(json, fields);
            if (json.nextToken() != null) {
                throw new JsonParseException(json, "nothing was expected behind the object");
            }
        }
    }

    /** Reads the object at which the parser stands; anything else is passed over. */
    static void object(JsonParser json, FieldReader fields) throws IOException {
        if (json.currentToken() != JsonToken.START_OBJECT) {
            json.skipChildren();
            return;
        }
        for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
            json.nextToken();
            fields.read(name, json);
            if (json.currentToken() == JsonToken.START_OBJECT || json.currentToken() == JsonToken.START_ARRAY) {
                json.skipChildren();
            }
        }
    }

    static <T> List<T> array(JsonParser json, ItemReader<T> items) throws IOException {
        if (json.currentToken() != JsonToken.START_ARRAY) {
            return List.of();
        }
        List<T> list = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            T item = items.read(json);
            if (item != null) {
                list.add(item);
            } else {
                json.skipChildren();
            }
        }
        return list;
    }

    static List<String> texts(JsonParser json) throws IOException {
        return array(json, JsonObjects::text);
    }

    static @Nullable String text(JsonParser json) throws IOException {
        return json.currentToken() == JsonToken.VALUE_STRING ? json.getText() : null;
    }

    /** Returns an id, or null for a text that cannot be one. */
    static @Nullable String id(JsonParser json) throws IOException {
        String text = text(json);
        return text == null || text.isBlank() || text.length() > MAX_ID ? null : text;
    }

    /** Returns a whole number of 0 and more, or {@code absent}. */
    static long number(JsonParser json, long absent) throws IOException {
        JsonToken token = json.currentToken();
        if (token != JsonToken.VALUE_STRING && token != JsonToken.VALUE_NUMBER_INT) {
            return absent;
        }
        char[] digits = json.getTextCharacters();
        int from = json.getTextOffset();
        int length = json.getTextLength();
        if (length == 0 || length >= MAX_DIGITS - 1) {
            return absent;
        }
        long value = 0;
        for (int i = from; i < from + length; i++) {
            int digit = digits[i] - '0';
            if (digit < 0 || digit > 9) {
                return absent;
            }
            value = value * 10 + digit;
        }
        return value;
    }

    /** Returns an unsigned 64-bit number, written as text or number; null for anything else. */
    static @Nullable BigInteger unsigned(JsonParser json) throws IOException {
        JsonToken token = json.currentToken();
        if (token != JsonToken.VALUE_STRING && token != JsonToken.VALUE_NUMBER_INT) {
            return null;
        }
        String text = json.getText();
        return text.matches("[0-9]{1," + MAX_DIGITS + "}") ? new BigInteger(text) : null;
    }
}
