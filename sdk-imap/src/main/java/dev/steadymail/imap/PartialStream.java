package dev.steadymail.imap;

import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.provider.Call;
import java.io.IOException;
import java.io.InputStream;

/**
 * Octets of a message, or of a part, fetched piece by piece (RFC 3501 section 6.4.5, {@code <offset.length>}): at most one piece is
 * in memory, and no connection is held between pieces. A piece that comes short is the last. Not thread-safe.
 */
final class PartialStream extends InputStream {
    private static final int FIRST_PIECE = 2 << 20;
    private static final int PIECE = 1 << 20;

    private final PieceFetch pieces;
    private final Call call;
    private byte[] piece;
    private int at;
    private long offset;
    private boolean last;
    private boolean closed;

    /**
     * Opens the stream and fetches the first piece.
     *
     * @param section what stands within the brackets; empty for the whole message
     * @throws MailException NOT_FOUND where the email is gone
     */
    PartialStream(ImapCalls calls, ImapEmailId id, String section, Call call) {
        this.pieces = new PieceFetch(calls, id, section, "");
        this.call = call;
        this.piece = next(FIRST_PIECE);
    }

    @Override
    public int read() throws IOException {
        return fill() ? piece[at++] & 0xff : -1;
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (!fill()) {
            return -1;
        }
        int count = Math.min(length, piece.length - at);
        System.arraycopy(piece, at, into, from, count);
        at += count;
        return count;
    }

    @Override
    public int available() {
        return piece.length - at;
    }

    @Override
    public void close() {
        closed = true;
        piece = new byte[0];
        at = 0;
    }

    private boolean fill() throws IOException {
        if (closed) {
            throw new IOException("the stream was closed");
        }
        if (at == piece.length && !last) {
            try {
                piece = next(PIECE);
                at = 0;
            } catch (MailException failure) {
                throw new IOException("the rest of the message could not be read", failure);
            }
        }
        return at < piece.length;
    }

    private byte[] next(int length) {
        byte[] fetched = pieces.fetch(offset, length, call).octets();
        if (offset > 0 && fetched.length > length) {
            throw MailException.of(Kind.PROTOCOL, "the server sent more of a message than it was asked for");
        }
        offset += fetched.length;
        // More than was asked for is all there is, of a server that does not know partial fetches.
        last = fetched.length != length;
        return fetched;
    }
}
