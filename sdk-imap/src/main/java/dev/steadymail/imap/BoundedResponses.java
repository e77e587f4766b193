package dev.steadymail.imap;

import dev.steadymail.guard.Traffic;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Counts what a server sends and ends the connection where it announces a literal, or writes a line, beyond the bounds: the
 * parser behind this allocates whatever it is told. Not thread-safe.
 */
final class BoundedResponses extends FilterInputStream {
    private static final int LONGEST_LINE = 16 << 20;
    private static final int LONGEST_LITERAL_HEAD = 24;

    private final Traffic traffic;
    private final long maxLiteral;
    private final StringBuilder tail = new StringBuilder();
    private long literalLeft;
    private long lineLength;
    private long literalsInResponse;

    BoundedResponses(InputStream in, Traffic traffic, long maxLiteral) {
        super(in);
        this.traffic = traffic;
        this.maxLiteral = maxLiteral;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] octets, int offset, int length) throws IOException {
        int count = in.read(octets, offset, length);
        if (count > 0) {
            traffic.countBytes(count);
            follow(octets, offset, offset + count);
        }
        return count;
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    private void follow(byte[] octets, int from, int to) throws IOException {
        int at = from;
        while (at < to) {
            if (literalLeft > 0) {
                int skipped = (int) Math.min(literalLeft, to - at);
                literalLeft -= skipped;
                at += skipped;
            } else {
                follow(octets[at++]);
            }
        }
    }

    private void follow(byte octet) throws IOException {
        if (octet == '\n') {
            endLine();
        } else if (octet != '\r') {
            if (++lineLength > LONGEST_LINE) {
                throw new ResponseTooLargeException("a line of more than " + LONGEST_LINE + " octets");
            }
            if (tail.length() == LONGEST_LITERAL_HEAD) {
                tail.deleteCharAt(0);
            }
            tail.append((char) (octet & 0xff));
        }
    }

    private void endLine() throws IOException {
        long announced = Literals.announced(tail);
        tail.setLength(0);
        if (announced < 0) {
            literalsInResponse = 0;
            lineLength = 0;
            return;
        }
        literalsInResponse += announced;
        if (literalsInResponse > maxLiteral) {
            throw new ResponseTooLargeException("literals of more than " + maxLiteral + " octets");
        }
        literalLeft = announced;
    }
}
