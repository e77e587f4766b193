package dev.steadymail.testkit.memory;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A structured field's first word and its parameters (RFC 2045 section 5.1), values in several pieces or in another charset
 * (RFC 2231) put together.
 *
 * @param word in lower case
 * @param values by name in lower case
 */
record Parameters(String word, Map<String, String> values) {
    private static final Pattern PARAMETER =
            Pattern.compile(";\\s*([^=;\\s]+)\\s*=\\s*(\"(?:[^\"\\\\]|\\\\.)*\"|[^;]*)");

    static Parameters parse(String field) {
        int end = field.indexOf(';');
        String word = (end < 0 ? field : field.substring(0, end)).trim().toLowerCase(Locale.ROOT);
        Map<String, TreeMap<Integer, Piece>> pieces = new HashMap<>();
        Matcher found = PARAMETER.matcher(field);
        while (found.find()) {
            add(found.group(1).toLowerCase(Locale.ROOT), unquoted(found.group(2).trim()), pieces);
        }
        Map<String, String> values = new HashMap<>();
        pieces.forEach((name, parts) -> values.put(name, joined(parts)));
        return new Parameters(word, values);
    }

    @Nullable
    String get(String name) {
        return values.get(name);
    }

    /** Takes {@code name}, {@code name*}, {@code name*0} and {@code name*0*}. */
    private static void add(String name, String value, Map<String, TreeMap<Integer, Piece>> pieces) {
        String[] parts = name.split("\\*", -1);
        boolean extended = parts.length > 1 && parts[parts.length - 1].isEmpty();
        int number = parts.length > 1 && parts[1].matches("\\d{1,3}") ? Integer.parseInt(parts[1]) : 0;
        pieces.computeIfAbsent(parts[0], key -> new TreeMap<>()).put(number, new Piece(value, extended));
    }

    private static String joined(TreeMap<Integer, Piece> pieces) {
        StringBuilder value = new StringBuilder();
        Piece first = pieces.firstEntry().getValue();
        String charset =
                first.extended && first.text.contains("'") ? first.text.substring(0, first.text.indexOf('\'')) : "";
        for (Piece piece : pieces.values()) {
            value.append(piece.extended ? piece.decoded(charset) : piece.text);
        }
        return first.extended ? value.toString() : EncodedWords.decode(value.toString());
    }

    private static String unquoted(String text) {
        return text.length() > 1 && text.startsWith("\"") && text.endsWith("\"")
                ? text.substring(1, text.length() - 1).replaceAll("\\\\(.)", "$1")
                : text;
    }

    private record Piece(String text, boolean extended) {
        String decoded(String charset) {
            String octets = text.substring(text.lastIndexOf('\'') + 1).replace("+", "%2B");
            String latin = URLDecoder.decode(octets, StandardCharsets.ISO_8859_1);
            return new String(
                    latin.getBytes(StandardCharsets.ISO_8859_1),
                    EncodedWords.charset(charset.isEmpty() ? "utf-8" : charset));
        }
    }
}
