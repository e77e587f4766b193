package dev.steadymail.mime.header;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A field with parameters (RFC 2045 section 5.1), such as {@code Content-Type}, as senders write them: values without quotes, missing
 * semicolons at the end, values spread and encoded by RFC 2231 sections 3 and 4, and encoded words where they do not belong. One
 * pass; no backtracking. Immutable.
 */
public final class ParameterList {
    private static final int MAX_PARAMETERS = 1_000;
    private static final int MAX_SEGMENTS = 1_000;

    private final String value;
    private final Map<String, String> parameters;

    private ParameterList(String value, Map<String, String> parameters) {
        this.value = value;
        this.parameters = parameters;
    }

    /** Reads a field's body; of several parameters with one name the first counts. */
    public static ParameterList parse(String raw) {
        return new Parser(raw.length() > HeaderText.MAX_LENGTH ? raw.substring(0, HeaderText.MAX_LENGTH) : raw).read();
    }

    /** Returns what stands before the first semicolon, in lower case and without comments and white space; may be empty. */
    public String value() {
        return value;
    }

    /**
     * Returns a parameter's decoded value, or null where there is none.
     *
     * @param name in lower case
     */
    public @Nullable String get(String name) {
        if (parameters.containsKey(name + "*0") || parameters.containsKey(name + "*0*")) {
            return joined(name);
        }
        String encoded = parameters.get(name + "*");
        if (encoded != null) {
            Segments whole = new Segments();
            whole.addFirst(encoded);
            return whole.text();
        }
        String plain = parameters.get(name);
        return plain == null ? null : HeaderText.decode(plain);
    }

    private String joined(String name) {
        Segments segments = new Segments();
        for (int i = 0; i < MAX_SEGMENTS; i++) {
            String encoded = parameters.get(name + "*" + i + "*");
            String plain = parameters.get(name + "*" + i);
            if (encoded != null && i == 0) {
                segments.addFirst(encoded);
            } else if (encoded != null) {
                segments.addEncoded(encoded);
            } else if (plain != null) {
                segments.addPlain(plain);
            } else {
                break;
            }
        }
        return segments.text();
    }

    @Override
    public String toString() {
        return "ParameterList[" + parameters.size() + "]";
    }

    private static final class Parser {
        private final String text;
        private int at;

        Parser(String text) {
            this.text = text;
        }

        ParameterList read() {
            String value = word(";").toLowerCase(Locale.ROOT);
            Map<String, String> parameters = new HashMap<>();
            while (at < text.length() && parameters.size() < MAX_PARAMETERS) {
                at++;
                String name = word("=;").toLowerCase(Locale.ROOT);
                if (at < text.length() && text.charAt(at) == '=') {
                    at++;
                    parameters.putIfAbsent(name, word(";"));
                }
            }
            return new ParameterList(value, parameters);
        }

        /** Reads up to one of the characters, or the end; what is quoted ends nothing, comments are left out. */
        private String word(String ends) {
            StringBuilder word = new StringBuilder();
            boolean quoted = false;
            int kept = 0;
            for (; at < text.length(); at++) {
                char c = text.charAt(at);
                if (c == '\\' && quoted && at + 1 < text.length()) {
                    word.append(text.charAt(++at));
                    kept = word.length();
                } else if (c == '"') {
                    quoted = !quoted;
                    kept = word.length();
                } else if (!quoted && ends.indexOf(c) >= 0) {
                    break;
                } else if (c == '(' && !quoted) {
                    comment();
                } else if (quoted || !word.isEmpty() || !isSpace(c)) {
                    word.append(c == '\r' || c == '\n' ? ' ' : c);
                    kept = quoted || !isSpace(c) ? word.length() : kept;
                }
            }
            word.setLength(kept);
            return word.toString();
        }

        /** Leaves the position on the closing parenthesis, or at the end. */
        private void comment() {
            int depth = 0;
            for (; at < text.length(); at++) {
                char c = text.charAt(at);
                if (c == '\\') {
                    at++;
                } else if (c == '(') {
                    depth++;
                } else if (c == ')' && --depth == 0) {
                    return;
                }
            }
        }

        private static boolean isSpace(char c) {
            return c == ' ' || c == '\t' || c == '\r' || c == '\n';
        }
    }

    /** Octets of neighbouring segments are joined before decoding: a character may begin in one and end in the next. */
    private static final class Segments {
        private final StringBuilder text = new StringBuilder();
        private final ByteArrayOutputStream octets = new ByteArrayOutputStream();
        private @Nullable String charset;

        /** Adds an encoded segment that has the charset and the language in front, as {@code utf-8'en'}. */
        void addFirst(String segment) {
            int language = segment.indexOf('\'') + 1;
            int value = language == 0 ? 0 : segment.indexOf('\'', language) + 1;
            if (value > 0) {
                charset = segment.substring(0, language - 1);
            }
            addEncoded(segment.substring(value));
        }

        void addEncoded(String segment) {
            for (int i = 0; i < segment.length(); i++) {
                char c = segment.charAt(i);
                int octet = c == '%' && i + 2 < segment.length() ? octet(segment, i + 1) : -1;
                if (octet >= 0) {
                    octets.write(octet);
                    i += 2;
                } else {
                    octets.writeBytes(String.valueOf(c).getBytes(StandardCharsets.UTF_8));
                }
            }
        }

        void addPlain(String segment) {
            endOctets();
            text.append(segment);
        }

        String text() {
            endOctets();
            return text.toString();
        }

        private void endOctets() {
            if (octets.size() > 0) {
                text.append(Charsets.decode(octets.toByteArray(), charset));
                octets.reset();
            }
        }

        private static int octet(String segment, int at) {
            int high = Character.digit(segment.charAt(at), 16);
            int low = Character.digit(segment.charAt(at + 1), 16);
            return high < 0 || low < 0 ? -1 : high << 4 | low;
        }
    }
}
