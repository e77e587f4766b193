package dev.steadymail.content;

import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;

/**
 * Decodes quoted-printable while it is read (RFC 2045 section 6.7): white space at a line's end is dropped, a soft line break joins
 * lines, and what is no proper code stays as it is. Not thread-safe.
 */
final class QuotedPrintableStream extends InputStream {
    /** White space that long is no line's end but content, and is given back as it is. */
    private static final int MOST_SPACES = 1_000;

    private final PushbackInputStream encoded;
    /** How many of the next octets are content as they are. */
    private int literal;

    QuotedPrintableStream(InputStream encoded) {
        this.encoded = new PushbackInputStream(encoded, MOST_SPACES + 2);
    }

    @Override
    public int read() throws IOException {
        while (true) {
            int next = encoded.read();
            if (literal > 0) {
                literal--;
                return next;
            }
            if (next == '=') {
                int octet = code();
                if (octet >= 0) {
                    return octet;
                }
            } else if (next != ' ' && next != '\t') {
                return next;
            } else if (!endsLine()) {
                return next;
            }
        }
    }

    /** Returns what follows an equals sign stands for, or -1 for a soft line break. */
    private int code() throws IOException {
        int first = encoded.read();
        if (first == '\r' || first == '\n' || first == ' ' || first == '\t') {
            return softBreak(first);
        }
        int second = first < 0 ? -1 : encoded.read();
        int high = Character.digit(first, 16);
        int low = Character.digit(second, 16);
        if (high >= 0 && low >= 0) {
            return (high << 4) | low;
        }
        giveBack(second);
        giveBack(first);
        return '=';
    }

    private int softBreak(int first) throws IOException {
        int next = first;
        while (next == ' ' || next == '\t') {
            next = encoded.read();
        }
        if (next == '\r') {
            next = encoded.read();
        }
        if (next != '\n') {
            giveBack(next);
        }
        return -1;
    }

    /** Looks past white space; where a line end follows, the white space is gone, else it comes literally. */
    private boolean endsLine() throws IOException {
        byte[] spaces = new byte[MOST_SPACES];
        int count = 0;
        int next = encoded.read();
        while ((next == ' ' || next == '\t') && count < MOST_SPACES) {
            spaces[count++] = (byte) next;
            next = encoded.read();
        }
        giveBack(next);
        if (next == '\r' || next == '\n' || next < 0) {
            return true;
        }
        encoded.unread(spaces, 0, count);
        literal = count;
        return false;
    }

    private void giveBack(int octet) throws IOException {
        if (octet >= 0) {
            encoded.unread(octet);
        }
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
