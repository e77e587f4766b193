package dev.steadymail.mime;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * Decodes base64 (RFC 2045 section 6.8) as it comes: what is no digit is passed over, padding may be missing, or be in the middle where
 * two encoded texts were put together. The octets of an incomplete end are kept, which mime4j and the JDK lose or refuse.
 */
final class LenientBase64 extends InputStream {
    private static final int BUFFER = 8192;
    private static final byte NO_DIGIT = -1;
    private static final byte[] DIGITS = digits();

    private final InputStream encoded;
    private final byte[] buffer = new byte[BUFFER];
    private int at;
    private int end;
    private int bits;
    private int count;

    LenientBase64(InputStream encoded) {
        this.encoded = encoded;
    }

    private static byte[] digits() {
        byte[] digits = new byte[256];
        Arrays.fill(digits, NO_DIGIT);
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        for (int i = 0; i < alphabet.length(); i++) {
            digits[alphabet.charAt(i)] = (byte) i;
        }
        return digits;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        int to = offset;
        while (to < offset + length) {
            int octet = next();
            if (octet < 0) {
                break;
            }
            into[to++] = (byte) octet;
        }
        return to == offset && length > 0 ? -1 : to - offset;
    }

    /** Six bits come with each digit; eight make an octet. */
    private int next() throws IOException {
        while (true) {
            if (at == end) {
                at = 0;
                end = Math.max(0, encoded.read(buffer));
                if (end == 0) {
                    return -1;
                }
            }
            int symbol = buffer[at++] & 0xFF;
            byte digit = DIGITS[symbol];
            if (symbol == '=') {
                // What is left of the bits before is filling; the next digit begins anew.
                count = 0;
            } else if (digit != NO_DIGIT) {
                bits = bits << 6 | digit;
                count += 6;
                if (count >= 8) {
                    count -= 8;
                    return bits >> count & 0xFF;
                }
            }
        }
    }
}
