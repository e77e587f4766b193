package dev.steadymail.testkit.memory;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The fields of one header, unfolded (RFC 5322 section 2.2.3), raw UTF-8 read as such (RFC 6532). */
record HeaderFields(List<Map.Entry<String, String>> fields) {
    /** Reads a header in which one character is one octet. */
    static HeaderFields parse(String header) {
        List<Map.Entry<String, String>> fields = new ArrayList<>();
        String unfolded = header.replaceAll("\r?\n([ \t])", "$1");
        for (String line : unfolded.split("\r?\n")) {
            int colon = line.indexOf(':');
            if (colon > 0) {
                String name = line.substring(0, colon).trim().toLowerCase(Locale.ROOT);
                fields.add(Map.entry(name, utf8(line.substring(colon + 1).trim())));
            }
        }
        return new HeaderFields(fields);
    }

    @Nullable
    String first(String name) {
        return fields.stream()
                .filter(field -> field.getKey().equals(name))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(null);
    }

    String firstOr(String name, String absent) {
        String value = first(name);
        return value == null ? absent : value;
    }

    private static String utf8(String octets) {
        return new String(octets.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }
}
