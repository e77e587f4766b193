package dev.steadymail.imap;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * A stream into which octets can be put back. Unlike the JDK's, a read that finds some of those returns them alone and does not
 * wait for more. Not thread-safe.
 */
final class ReplayedInput extends FilterInputStream {
    private byte[] replay = {};
    private int at;

    ReplayedInput(InputStream in) {
        super(in);
    }

    /** Puts octets back; none may be left of those put back before. */
    void unread(byte[] octets) {
        if (at < replay.length) {
            throw new IllegalStateException("octets that were put back are still unread");
        }
        replay = octets.clone();
        at = 0;
    }

    @Override
    public int read() throws IOException {
        return at < replay.length ? replay[at++] & 0xff : in.read();
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        if (at == replay.length) {
            return in.read(into, offset, length);
        }
        int count = Math.min(length, replay.length - at);
        System.arraycopy(replay, at, into, offset, count);
        at += count;
        return count;
    }

    @Override
    public int available() throws IOException {
        return replay.length - at + in.available();
    }

    @Override
    public boolean markSupported() {
        return false;
    }
}
