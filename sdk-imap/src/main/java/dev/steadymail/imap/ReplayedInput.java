package dev.steadymail.imap;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A stream into which octets can be put back. Unlike the JDK's, a read that finds some of those returns them alone and does not
 * wait for more. Not thread-safe.
 */
final class ReplayedInput extends FilterInputStream {
    private byte[] replay = {};
    private int at;
    private @Nullable ReadLimit limit;

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

    boolean hasReplay() {
        return at < replay.length;
    }

    /**
     * Lets reads end when a time is over.
     *
     * @param timeout sets how long the next read may wait
     */
    void endAfter(Duration time, ReadTimeout timeout) {
        limit = new ReadLimit(System.nanoTime() + time.toNanos(), timeout);
    }

    @Override
    public int read() throws IOException {
        if (at < replay.length) {
            return replay[at++] & 0xff;
        }
        limitNextRead();
        return in.read();
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        if (at == replay.length) {
            limitNextRead();
            return in.read(into, offset, length);
        }
        int count = Math.min(length, replay.length - at);
        System.arraycopy(replay, at, into, offset, count);
        at += count;
        return count;
    }

    private void limitNextRead() throws IOException {
        ReadLimit current = limit;
        if (current == null) {
            return;
        }
        Duration left = Duration.ofNanos(current.endNanos - System.nanoTime());
        if (left.isNegative() || left.isZero()) {
            throw new SocketTimeoutException("the time to read is over");
        }
        current.timeout.set(left);
    }

    /** Sets how long one read may wait. */
    interface ReadTimeout {
        void set(Duration timeout) throws IOException;
    }

    private record ReadLimit(long endNanos, ReadTimeout timeout) {}

    @Override
    public int available() throws IOException {
        return replay.length - at + in.available();
    }

    @Override
    public boolean markSupported() {
        return false;
    }
}
