package dev.steadymail.mime;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Reads messages whose lines end with CR alone, as old systems wrote them, as if they ended with LF. */
final class BareCarriageReturns extends FilterInputStream {
    private static final int LOOK = 8192;

    private BareCarriageReturns(InputStream in) {
        super(in);
    }

    /** Returns the message as it is, unless its beginning has CRs and no LF. */
    static InputStream replaced(InputStream message) throws IOException {
        BufferedInputStream buffered = new BufferedInputStream(message, LOOK);
        buffered.mark(LOOK);
        byte[] start = buffered.readNBytes(LOOK);
        buffered.reset();
        boolean bare = false;
        for (byte octet : start) {
            if (octet == '\n') {
                return buffered;
            }
            bare |= octet == '\r';
        }
        return bare ? new BareCarriageReturns(buffered) : buffered;
    }

    @Override
    public int read() throws IOException {
        int octet = in.read();
        return octet == '\r' ? '\n' : octet;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int count = in.read(buffer, offset, length);
        for (int i = offset; i < offset + count; i++) {
            if (buffer[i] == '\r') {
                buffer[i] = '\n';
            }
        }
        return count;
    }
}
