package dev.steadymail.content;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * Decodes base64 while it is read (RFC 2045 section 6.8). What is not of the alphabet is passed over; padding ends a group and not the
 * content, as some senders join encoded pieces; a last group that is cut gives the octets that are whole. Not thread-safe.
 */
final class Base64Stream extends InputStream {
    private static final byte[] VALUES = new byte[256];

    static {
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        Arrays.fill(VALUES, (byte) -1);
        for (int i = 0; i < alphabet.length(); i++) {
            VALUES[alphabet.charAt(i)] = (byte) i;
        }
    }

    private final InputStream encoded;
    private final byte[] piece = new byte[8_192];
    private int at;
    private int filled;
    private int bits;
    private int count;

    Base64Stream(InputStream encoded) {
        this.encoded = encoded;
    }

    @Override
    public int read() throws IOException {
        while (count < 8) {
            int next = next();
            if (next < 0) {
                return -1;
            }
            if (next == '=') {
                count = 0;
            } else if (VALUES[next] >= 0) {
                bits = (bits << 6) | VALUES[next];
                count += 6;
            }
        }
        count -= 8;
        return (bits >> count) & 0xff;
    }

    private int next() throws IOException {
        if (at == filled) {
            filled = Math.max(0, encoded.read(piece, 0, piece.length));
            at = 0;
        }
        return at < filled ? piece[at++] & 0xff : -1;
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
        int read = 0;
        while (read < length) {
            int octet = read();
            if (octet < 0) {
                return read == 0 ? -1 : read;
            }
            into[from + read++] = (byte) octet;
        }
        return read;
    }

    @Override
    public void close() throws IOException {
        encoded.close();
    }
}
