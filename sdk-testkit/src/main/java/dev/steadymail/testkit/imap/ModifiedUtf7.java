package dev.steadymail.testkit.imap;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Mailbox names on the wire: printable ASCII, everything else in a base64 of UTF-16 (RFC 3501 section 5.1.3). */
final class ModifiedUtf7 {

    private ModifiedUtf7() {}

    static String encode(String name) {
        StringBuilder out = new StringBuilder();
        int at = 0;
        while (at < name.length()) {
            int end = at;
            while (end < name.length() && !isPrintable(name.charAt(end))) {
                end++;
            }
            if (end > at) {
                out.append('&').append(shifted(name.substring(at, end))).append('-');
                at = end;
            } else {
                out.append(name.charAt(at) == '&' ? "&-" : name.substring(at, at + 1));
                at++;
            }
        }
        return out.toString();
    }

    /**
     * Returns the name that was encoded.
     *
     * @throws IllegalArgumentException if the text is not what {@link #encode} gives for any name; there is one encoding of each name
     */
    static String decode(String encoded) {
        StringBuilder out = new StringBuilder();
        int at = 0;
        while (at < encoded.length()) {
            char next = encoded.charAt(at);
            int end = next == '&' ? encoded.indexOf('-', at) : at;
            if (end < 0) {
                throw new IllegalArgumentException("mailbox name has & without a closing -");
            }
            out.append(next == '&' ? unshifted(encoded.substring(at + 1, end)) : String.valueOf(next));
            at = end + 1;
        }
        return requireCanonical(encoded, out.toString());
    }

    private static String requireCanonical(String encoded, String decoded) {
        if (!encode(decoded).equals(encoded)) {
            throw new IllegalArgumentException("mailbox name is not valid modified UTF-7");
        }
        return decoded;
    }

    private static boolean isPrintable(char c) {
        return c >= ' ' && c <= '~';
    }

    private static String shifted(String text) {
        byte[] utf16 = text.getBytes(StandardCharsets.UTF_16BE);
        return Base64.getEncoder().withoutPadding().encodeToString(utf16).replace('/', ',');
    }

    private static String unshifted(String base64) {
        if (base64.isEmpty()) {
            return "&";
        }
        return new String(Base64.getDecoder().decode(base64.replace(',', '/')), StandardCharsets.UTF_16BE);
    }
}
