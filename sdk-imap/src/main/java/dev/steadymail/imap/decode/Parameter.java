package dev.steadymail.imap.decode;

import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A parameter of a part that may be spread over several, and be encoded (RFC 2231 sections 3 and 4): {@code filename*0*},
 * {@code filename*1}, or {@code filename*}. Where there is a plain one as well, it is for readers that do not know the others.
 */
enum Parameter {
    CHARSET,
    NAME,
    FILENAME;

    private final String plain = name().toLowerCase(Locale.ROOT);
    private final String encoded = plain + "*";
    private final String first = plain + "*0";
    private final String firstEncoded = plain + "*0*";

    /** Returns the value from parameters by lower-case name, decoded but for encoded words, or null where there is none. */
    @Nullable
    String in(Map<String, String> parameters) {
        if (parameters.isEmpty()) {
            return null;
        }
        if (parameters.containsKey(first) || parameters.containsKey(firstEncoded)) {
            return joined(parameters);
        }
        String value = parameters.get(encoded);
        if (value == null) {
            return parameters.get(plain);
        }
        ExtendedValue whole = new ExtendedValue();
        whole.addFirst(value);
        return whole.text();
    }

    private String joined(Map<String, String> parameters) {
        ExtendedValue value = new ExtendedValue();
        for (int i = 0; ; i++) {
            String segment = plain + "*" + i;
            String encodedSegment = parameters.get(segment + "*");
            String plainSegment = parameters.get(segment);
            if (encodedSegment != null && i == 0) {
                value.addFirst(encodedSegment);
            } else if (encodedSegment != null) {
                value.addEncoded(encodedSegment);
            } else if (plainSegment != null) {
                value.addPlain(plainSegment);
            } else {
                return value.text();
            }
        }
    }
}
