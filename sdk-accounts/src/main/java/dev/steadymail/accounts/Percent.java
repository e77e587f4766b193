package dev.steadymail.accounts;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Percent-encoding of UTF-8 (RFC 3986 section 2.1); a plus sign is a plus sign. */
final class Percent {
    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private Percent() {}

    /**
     * Decodes a value.
     *
     * @param name of the value, for the error
     */
    static String decode(String name, String raw) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(raw.length());
        int i = 0;
        while (i < raw.length()) {
            int next = raw.codePointAt(i);
            if (next == '%') {
                bytes.write(escaped(name, raw, i));
                i += 3;
            } else {
                bytes.writeBytes(Character.toString(next).getBytes(StandardCharsets.UTF_8));
                i += Character.charCount(next);
            }
        }
        return utf8(name, bytes.toByteArray());
    }

    /**
     * Encodes a value so that {@link #decode} returns it.
     *
     * @param also what may stay as it is beside letters, digits and {@code - . _ ~ +}
     */
    static String encode(String value, String also) {
        StringBuilder text = new StringBuilder(value.length());
        for (byte octet : value.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (octet & 0xff);
            if (isPlain(c) || also.indexOf(c) >= 0) {
                text.append(c);
            } else {
                text.append('%').append(HEX.toHexDigits(octet));
            }
        }
        return text.toString();
    }

    private static boolean isPlain(char c) {
        return c < 0x80 && (Character.isLetterOrDigit(c) || "-._~+".indexOf(c) >= 0);
    }

    private static int escaped(String name, String raw, int at) {
        int high = at + 2 < raw.length() ? hex(raw.charAt(at + 1)) : -1;
        int low = at + 2 < raw.length() ? hex(raw.charAt(at + 2)) : -1;
        if (high < 0 || low < 0) {
            throw InvalidAccountUrlException.of(
                    name + " has a % without two hexadecimal digits after it; write %25 for a % itself");
        }
        return high * 16 + low;
    }

    /** {@link Character#digit} would also take the digits of other scripts. */
    private static int hex(char c) {
        return c < 0x80 ? Character.digit(c, 16) : -1;
    }

    private static String utf8(String name, byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException malformed) {
            throw InvalidAccountUrlException.of(name + " has percent escapes that are not UTF-8");
        }
    }
}
