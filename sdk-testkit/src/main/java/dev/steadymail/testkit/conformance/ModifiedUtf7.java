package dev.steadymail.testkit.conformance;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Writes mailbox names as IMAP4rev1 wants them (RFC 3501 section 5.1.3). */
final class ModifiedUtf7 {
    private ModifiedUtf7() {}

    static String encode(String name) {
        StringBuilder encoded = new StringBuilder();
        int at = 0;
        while (at < name.length()) {
            int end = at;
            while (end < name.length() && !isPlain(name.charAt(end))) {
                end++;
            }
            if (end > at) {
                encoded.append('&').append(shifted(name.substring(at, end))).append('-');
                at = end;
            } else {
                char c = name.charAt(at++);
                encoded.append(c == '&' ? "&-" : String.valueOf(c));
            }
        }
        return encoded.toString();
    }

    private static boolean isPlain(char c) {
        return c >= ' ' && c < 0x7f;
    }

    private static String shifted(String run) {
        byte[] utf16 = run.getBytes(StandardCharsets.UTF_16BE);
        return Base64.getEncoder().withoutPadding().encodeToString(utf16).replace('/', ',');
    }
}
