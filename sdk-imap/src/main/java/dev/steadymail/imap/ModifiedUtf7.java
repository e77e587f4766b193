package dev.steadymail.imap;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Reads the encoding of mailbox names that RFC 3501 section 5.1.3 defines. */
final class ModifiedUtf7 {
    private ModifiedUtf7() {}

    /** Returns the decoded name, or null where it is not encoded as it has to be. */
    static @Nullable String decode(String name) {
        StringBuilder decoded = new StringBuilder();
        int at = 0;
        while (at < name.length()) {
            char c = name.charAt(at);
            if (c != '&') {
                decoded.append(c);
                at++;
                continue;
            }
            int end = name.indexOf('-', at);
            String shifted = end < 0 ? null : end == at + 1 ? "&" : base64(name.substring(at + 1, end));
            if (shifted == null) {
                return null;
            }
            decoded.append(shifted);
            at = end + 1;
        }
        return decoded.toString();
    }

    private static @Nullable String base64(String text) {
        try {
            byte[] octets = Base64.getDecoder().decode(text.replace(',', '/'));
            return octets.length % 2 == 0 ? new String(octets, StandardCharsets.UTF_16BE) : null;
        } catch (IllegalArgumentException malformed) {
            return null;
        }
    }
}
