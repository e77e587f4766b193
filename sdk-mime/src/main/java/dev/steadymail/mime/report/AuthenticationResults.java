package dev.steadymail.mime.report;

import dev.steadymail.mime.MimeHeaders;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the receiving host found out about a sender (RFC 8601). Anybody can write such a field into a message, so only that of a host
 * that is trusted by name counts, and only the topmost: a host puts its own on top, and has to take out others that bear its name.
 * Immutable.
 *
 * @param results in the order of the field
 */
public record AuthenticationResults(List<Result> results) {
    private static final int MAX_RESULTS = 100;
    private static final Pattern RESULT =
            Pattern.compile("\\s*+([A-Za-z0-9-]++)(?:/\\d++)?+\\s*+=\\s*+([A-Za-z]++)(.*)", Pattern.DOTALL);
    private static final Pattern PROPERTY = Pattern.compile(
            "(?<![A-Za-z])([A-Za-z]++)\\s*+\\.\\s*+([A-Za-z0-9_-]++)\\s*+=\\s*+(?:\"([^\"]*+)\"|([^\\s;\"]++))");

    public AuthenticationResults {
        results = List.copyOf(results);
    }

    /**
     * What one method said.
     *
     * @param method {@code spf}, {@code dkim}, {@code dmarc} or another, in lower case
     * @param result {@code pass}, {@code fail} or another word, in lower case
     * @param properties what it looked at, as {@code header.d=example.com}, names in lower case
     */
    public record Result(String method, String result, List<String> properties) {
        public Result {
            properties = List.copyOf(properties);
        }

        @Override
        public String toString() {
            return "Result[" + properties.size() + " properties]";
        }
    }

    /**
     * Returns what a host found out, nothing where it says nothing.
     *
     * @param trusted the name by which the host that receives your mail identifies itself, for example {@code mx.google.com}
     */
    public static AuthenticationResults by(String trusted, MimeHeaders headers) {
        for (String field : headers.all("Authentication-Results")) {
            List<String> parts = parts(field);
            String host = parts.get(0).strip().split("\\s", 2)[0];
            if (host.equalsIgnoreCase(trusted)) {
                return new AuthenticationResults(results(parts));
            }
        }
        return new AuthenticationResults(List.of());
    }

    /** Returns whether a method says {@code pass} and nothing else; of DKIM, which looks at each signature, one {@code pass} is enough. */
    public boolean passes(String method) {
        List<String> said = results.stream()
                .filter(one -> one.method().equalsIgnoreCase(method))
                .map(Result::result)
                .toList();
        return said.contains("pass")
                && (method.equalsIgnoreCase("dkim") || said.stream().allMatch("pass"::equals));
    }

    private static List<Result> results(List<String> parts) {
        List<Result> results = new ArrayList<>();
        for (int i = 1; i < parts.size() && i <= MAX_RESULTS; i++) {
            Matcher matcher = RESULT.matcher(parts.get(i));
            if (matcher.matches()) {
                results.add(new Result(lower(matcher.group(1)), lower(matcher.group(2)), properties(matcher.group(3))));
            }
        }
        return results;
    }

    private static List<String> properties(String text) {
        List<String> properties = new ArrayList<>();
        Matcher matcher = PROPERTY.matcher(text);
        while (matcher.find()) {
            String value = matcher.group(3) == null ? matcher.group(4) : matcher.group(3);
            properties.add(lower(matcher.group(1)) + "." + lower(matcher.group(2)) + "=" + value);
        }
        return properties;
    }

    /**
     * Splits a field at its semicolons. Comments, which may be inside one another, and quoted strings may hold anything: a sender chooses
     * what stands in quotes before the {@code @} of an address.
     */
    private static List<String> parts(String field) {
        List<String> parts = new ArrayList<>();
        StringBuilder part = new StringBuilder();
        int depth = 0;
        boolean quoted = false;
        for (int i = 0; i < field.length() && parts.size() <= MAX_RESULTS; i++) {
            char c = field.charAt(i);
            if (c == '\\') {
                i++;
            } else if (depth > 0) {
                depth += c == '(' ? 1 : c == ')' ? -1 : 0;
            } else if (c == '(' && !quoted) {
                depth = 1;
            } else if (c == ';' && !quoted) {
                parts.add(part.toString());
                part.setLength(0);
            } else {
                quoted ^= c == '"';
                part.append(c);
            }
        }
        parts.add(part.toString());
        return parts;
    }

    @Override
    public String toString() {
        return "AuthenticationResults[" + results.size() + "]";
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
