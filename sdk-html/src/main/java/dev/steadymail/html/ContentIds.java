package dev.steadymail.html;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Content-IDs in URLs (RFC 2392): octets may be percent-encoded. */
final class ContentIds {
    private ContentIds() {}

    /** Escapes that are none stay as they are. */
    static String decoded(String encoded) {
        if (encoded.indexOf('%') < 0) {
            return encoded;
        }
        byte[] octets = encoded.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream out = new ByteArrayOutputStream(octets.length);
        for (int i = 0; i < octets.length; i++) {
            boolean escape = octets[i] == '%' && i + 2 < octets.length;
            int high = escape ? Character.digit(octets[i + 1], 16) : -1;
            int low = escape ? Character.digit(octets[i + 2], 16) : -1;
            if (high < 0 || low < 0) {
                out.write(octets[i]);
            } else {
                out.write(high * 16 + low);
                i += 2;
            }
        }
        return out.toString(StandardCharsets.UTF_8);
    }
}
