package dev.steadymail.testkit.imap;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A value with parameters: Content-Type, and with an empty subtype also Content-Disposition (RFC 2045 section 5.1, RFC 2183). Parameters are
 * raw, their names in lower case.
 */
record ContentType(String type, String subtype, Map<String, String> parameters) {

    static final ContentType PLAIN = new ContentType("text", "plain", Map.of("charset", "us-ascii"));
    static final ContentType MESSAGE = new ContentType("message", "rfc822", Map.of());
    static final ContentType BINARY = new ContentType("application", "octet-stream", Map.of());

    private static final int MAX_PARAMETERS = 100;

    /** Reads a Content-Type; null if it has no type or subtype. */
    static @Nullable ContentType read(String value) {
        Scanner scanner = new Scanner(value);
        String type = scanner.token();
        boolean slash = scanner.skip('/');
        String subtype = slash ? scanner.token() : "";
        boolean usable = !type.isEmpty() && !subtype.isEmpty();
        return usable ? new ContentType(type, subtype, scanner.parameters()) : null;
    }

    /** Reads a Content-Disposition; null if it has no type. */
    static @Nullable ContentType readDisposition(String value) {
        Scanner scanner = new Scanner(value);
        String type = scanner.token();
        return type.isEmpty() ? null : new ContentType(type, "", scanner.parameters());
    }

    boolean is(String wantedType) {
        return type.equalsIgnoreCase(wantedType);
    }

    boolean is(String wantedType, String wantedSubtype) {
        return is(wantedType) && subtype.equalsIgnoreCase(wantedSubtype);
    }

    @Nullable
    String parameter(String name) {
        return parameters.get(name);
    }

    /** Reads tokens, quoted strings and comments; anything else is skipped. */
    private static final class Scanner {
        private static final String SPECIALS = "()<>@,;:\\\"/[]?=";
        private final String text;
        private int at;

        Scanner(String text) {
            this.text = text;
        }

        String token() {
            skipBlank();
            int start = at;
            while (at < text.length() && text.charAt(at) > ' ' && SPECIALS.indexOf(text.charAt(at)) < 0) {
                at++;
            }
            return text.substring(start, at);
        }

        boolean skip(char expected) {
            skipBlank();
            boolean found = at < text.length() && text.charAt(at) == expected;
            at += found ? 1 : 0;
            return found;
        }

        Map<String, String> parameters() {
            Map<String, String> parameters = new LinkedHashMap<>();
            while (at < text.length() && parameters.size() < MAX_PARAMETERS) {
                if (!skip(';')) {
                    at++;
                    continue;
                }
                String name = token().toLowerCase(Locale.ROOT);
                if (!name.isEmpty() && skip('=')) {
                    parameters.putIfAbsent(name, value());
                }
            }
            return parameters;
        }

        private String value() {
            return skip('"') ? quoted() : bare();
        }

        /** Reads up to the next semicolon or blank; boundaries with = or : in them are often left unquoted. */
        private String bare() {
            int start = at;
            while (at < text.length() && text.charAt(at) > ' ' && text.charAt(at) != ';') {
                at++;
            }
            return text.substring(start, at);
        }

        private String quoted() {
            StringBuilder value = new StringBuilder();
            while (at < text.length() && text.charAt(at) != '"') {
                if (text.charAt(at) == '\\' && at + 1 < text.length()) {
                    at++;
                }
                value.append(text.charAt(at++));
            }
            at = Math.min(at + 1, text.length());
            return value.toString();
        }

        private void skipBlank() {
            while (at < text.length() && (text.charAt(at) <= ' ' || text.charAt(at) == '(')) {
                at = text.charAt(at) == '(' ? afterComment() : at + 1;
            }
        }

        private int afterComment() {
            int end = text.indexOf(')', at);
            return end < 0 ? text.length() : end + 1;
        }
    }
}
