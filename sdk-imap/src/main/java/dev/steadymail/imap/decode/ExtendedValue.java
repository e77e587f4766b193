package dev.steadymail.imap.decode;

import jakarta.mail.internet.MimeUtility;
import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Puts the value of a parameter together from its segments (RFC 2231 section 4). A charset that is missing or unknown is taken for
 * UTF-8, or for Latin-1 where the octets are not valid. An octet that is encoded wrong stands for itself. Not thread-safe.
 */
final class ExtendedValue {
    private final StringBuilder text = new StringBuilder();

    /** Octets of the segments that are encoded: a character may begin in one and end in the next. */
    private final ByteArrayOutputStream octets = new ByteArrayOutputStream();

    private @Nullable Charset charset;

    /** Adds an encoded segment that has the charset and the language in front, as {@code utf-8'en'}. */
    void addFirst(String segment) {
        int language = segment.indexOf('\'') + 1;
        int value = language == 0 ? 0 : segment.indexOf('\'', language) + 1;
        if (value > 0) {
            charset = charset(segment.substring(0, language - 1));
        }
        addEncoded(segment.substring(value));
    }

    void addEncoded(String segment) {
        for (int i = 0; i < segment.length(); i++) {
            char c = segment.charAt(i);
            int octet = c == '%' && i + 2 < segment.length() ? octet(segment.charAt(i + 1), segment.charAt(i + 2)) : -1;
            if (octet >= 0) {
                octets.write(octet);
                i += 2;
            } else if (c < 0x80) {
                octets.write(c);
            } else {
                addPlain(String.valueOf(c));
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
            text.append(
                    charset == null
                            ? HeaderText.utf8(octets.toString(StandardCharsets.ISO_8859_1))
                            : octets.toString(charset));
            octets.reset();
        }
    }

    /** Returns the octet that two hexadecimal digits stand for, or -1 where they are none. */
    static int octet(char high, char low) {
        int left = Character.digit(high, 16);
        int right = Character.digit(low, 16);
        return left < 0 || right < 0 ? -1 : left * 16 + right;
    }

    private static @Nullable Charset charset(String name) {
        try {
            return Charset.forName(MimeUtility.javaCharset(name));
        } catch (IllegalArgumentException unknown) {
            return null;
        }
    }
}
