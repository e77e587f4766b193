package dev.steadymail.cli.terminal;

import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One JSON object on one line (RFC 8259), without spaces, keys in the order of the calls. Only what JSON requires is escaped. Not
 * thread-safe.
 */
public final class JsonLine {
    private final StringBuilder json = new StringBuilder(256).append('{');

    /** Starts an empty object. */
    public JsonLine() {}

    /** Adds a string, or null. */
    public JsonLine put(String key, @Nullable String value) {
        key(key);
        if (value == null) {
            json.append("null");
        } else {
            string(value);
        }
        return this;
    }

    public JsonLine put(String key, long value) {
        key(key);
        json.append(value);
        return this;
    }

    public JsonLine put(String key, boolean value) {
        key(key);
        json.append(value);
        return this;
    }

    /** Adds another object as it is now. */
    public JsonLine put(String key, JsonLine object) {
        key(key);
        json.append(object);
        return this;
    }

    /** Adds an array of objects as they are now. */
    public JsonLine putAll(String key, List<JsonLine> objects) {
        key(key);
        json.append(objects.stream().map(JsonLine::toString).collect(Collectors.joining(",", "[", "]")));
        return this;
    }

    /** Adds an array of strings, in the order of iteration. */
    public JsonLine put(String key, Collection<String> values) {
        key(key);
        String separator = "[";
        for (String value : values) {
            json.append(separator);
            string(value);
            separator = ",";
        }
        json.append(values.isEmpty() ? "[]" : "]");
        return this;
    }

    /** Returns the object, without a line feed. */
    @Override
    public String toString() {
        return json + "}";
    }

    private void key(String key) {
        if (json.length() > 1) {
            json.append(',');
        }
        string(key);
        json.append(':');
    }

    private void string(String value) {
        json.append('"');
        value.codePoints().forEach(this::character);
        json.append('"');
    }

    private void character(int c) {
        if (c == '"' || c == '\\') {
            json.append('\\').append((char) c);
        } else if (c < 0x20) {
            json.append(String.format("\\u%04x", c));
        } else if (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE) {
            json.append('\ufffd'); // half a pair cannot be written in UTF-8
        } else {
            json.appendCodePoint(c);
        }
    }
}
