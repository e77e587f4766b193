package dev.steadymail.content;

import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * The octets that a sink is given: counted, held against the length that was told, and remembering why they failed, since a sink may say
 * it in words of its own. Not thread-safe.
 */
final class CheckedStream extends FilterInputStream {
    private final long expected;
    private long count;
    private boolean ended;
    private @Nullable MailException failure;

    /**
     * Checks a stream.
     *
     * @param expected how many octets must come, -1 for any number
     */
    CheckedStream(InputStream octets, long expected) {
        super(octets);
        this.expected = expected;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
        if (failure != null) {
            throw told(failure);
        }
        int read;
        try {
            read = super.read(into, from, length);
        } catch (IOException broken) {
            throw told(broken.getCause() instanceof MailException ours ? ours : lost(broken));
        } catch (MailException ours) {
            throw told(ours);
        }
        count += Math.max(0, read);
        ended |= read < 0;
        if (expected >= 0 && (count > expected || (read < 0 && count < expected))) {
            throw told(wrongLength(expected, count, read < 0));
        }
        return read;
    }

    /** Octets are counted as they are read, so none are passed over. */
    @Override
    public long skip(long octets) throws IOException {
        byte[] skipped = new byte[(int) Math.min(octets, 8_192)];
        return octets <= 0 ? 0 : Math.max(0, read(skipped, 0, skipped.length));
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    /** Returns how many octets came. */
    long count() {
        return count;
    }

    /** Returns why the octets failed, or null where they did not. */
    @Nullable
    MailException failure() {
        return failure;
    }

    /** Fails where the octets failed, or where whoever read them stopped before their end. */
    void requireEnd() throws IOException {
        if (failure != null) {
            throw failure;
        }
        if (!ended && read() >= 0) {
            throw MailException.of(
                    Kind.STORAGE, "the sink did not read the content to its end; it must, before it keeps anything");
        }
    }

    /** Says that a content has another length than was told. */
    static MailException wrongLength(long expected, long came, boolean ended) {
        return MailException.of(
                Kind.PROTOCOL,
                "the server told of " + expected + " octets and sent " + (ended ? "" : "at least ") + came
                        + "; nothing was kept");
    }

    private IOException told(MailException why) {
        failure = why;
        return new IOException("the content could not be read", why);
    }

    private static MailException lost(IOException broken) {
        return MailException.of(Kind.NETWORK, "the content could not be read to its end", broken);
    }
}
