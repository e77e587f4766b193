package dev.steadymail.testkit.gmail;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Base64;

/** Decodes base64 and quoted-printable (RFC 2045 section 6), passing over what is malformed. */
final class TransferEncoding {
    private static final String BASE64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    private static final String HEX = "0123456789ABCDEF";

    private TransferEncoding() {}

    static byte[] base64(byte[] source, int start, int end) {
        ByteArrayOutputStream clean = new ByteArrayOutputStream(end - start);
        for (int i = start; i < end && source[i] != '='; i++) {
            if (isBase64(source[i])) {
                clean.write(source[i]);
            }
        }
        byte[] digits = clean.toByteArray();
        // A single digit left over carries no whole byte, so it is dropped.
        int usable = digits.length % 4 == 1 ? digits.length - 1 : digits.length;
        return Base64.getDecoder().decode(Arrays.copyOf(digits, usable));
    }

    static byte[] quotedPrintable(byte[] source, int start, int end) {
        ByteArrayOutputStream plain = new ByteArrayOutputStream(end - start);
        int i = start;
        while (i < end) {
            int softBreak = source[i] == '=' ? softBreakLength(source, i, end) : 0;
            if (softBreak > 0) {
                i += softBreak;
            } else if (source[i] == '=' && i + 2 < end && hex(source[i + 1]) >= 0 && hex(source[i + 2]) >= 0) {
                plain.write(hex(source[i + 1]) * 16 + hex(source[i + 2]));
                i += 3;
            } else {
                plain.write(source[i]);
                i++;
            }
        }
        return plain.toByteArray();
    }

    /** Returns the length of {@code =}, optional blanks and a line break at {@code at}; 0 if there is none. */
    private static int softBreakLength(byte[] source, int at, int end) {
        int i = at + 1;
        while (i < end && (source[i] == ' ' || source[i] == '\t' || source[i] == '\r')) {
            i++;
        }
        return i < end && source[i] == '\n' ? i + 1 - at : 0;
    }

    private static boolean isBase64(byte b) {
        return BASE64.indexOf((char) b) >= 0;
    }

    static int hex(byte b) {
        return HEX.indexOf(Character.toUpperCase((char) b));
    }
}
