package dev.steadymail.oauth;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** Parameters as a URL's query carries them (RFC 6749 appendix B). */
final class QueryText {
    private static final int MOST_PARAMETERS = 32;

    private QueryText() {}

    static String of(Map<String, String> parameters) {
        return parameters.entrySet().stream()
                .map(parameter -> encode(parameter.getKey()) + "=" + encode(parameter.getValue()))
                .collect(Collectors.joining("&"));
    }

    /**
     * Reads a query; parameters without a value are empty.
     *
     * @throws IllegalArgumentException for broken escapes, too many parameters, and one given twice (RFC 6749 section 3.1)
     */
    static Map<String, String> parse(String query) {
        Map<String, String> parameters = new HashMap<>();
        if (query.isEmpty()) {
            return parameters;
        }
        String[] pairs = query.split("&", MOST_PARAMETERS + 1);
        if (pairs.length > MOST_PARAMETERS) {
            throw new IllegalArgumentException("a query has too many parameters");
        }
        for (String pair : pairs) {
            int equals = pair.indexOf('=');
            String name = decode(equals < 0 ? pair : pair.substring(0, equals));
            if (parameters.putIfAbsent(name, equals < 0 ? "" : decode(pair.substring(equals + 1))) != null) {
                throw new IllegalArgumentException("a query has a parameter twice");
            }
        }
        return parameters;
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
