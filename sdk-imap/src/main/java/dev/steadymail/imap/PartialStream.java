package dev.steadymail.imap;

import dev.steadymail.imap.ImapEmailId.Place;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.provider.Call;
import java.io.IOException;
import java.io.InputStream;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Octets of a message, or of a part, fetched piece by piece (RFC 3501 section 6.4.5, {@code <offset.length>}): at most one piece is
 * in memory, and no connection is held between pieces. A piece that comes short is the last. Not thread-safe.
 */
final class PartialStream extends InputStream {
    private static final int FIRST_PIECE = 2 << 20;
    private static final int PIECE = 1 << 20;

    private final ImapCalls calls;
    private final Place place;
    private final long uid;
    private final String section;
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
        this.calls = calls;
        this.place = new Place(id.mailbox(), id.uidValidity());
        this.uid = id.uid();
        this.section = section;
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
        byte[] fetched =
                calls.download("UID FETCH", place.mailbox(), length, call, connection -> fetch(connection, length));
        if (offset > 0 && fetched.length > length) {
            throw MailException.of(Kind.PROTOCOL, "the server sent more of a message than it was asked for");
        }
        offset += fetched.length;
        // More than was asked for is all there is, of a server that does not know partial fetches.
        last = fetched.length != length;
        return fetched;
    }

    private byte[] fetch(ImapConnection connection, int length) {
        boolean reused = connection.hasOpen(place.mailbox());
        if (connection.examine(place.mailbox()).uidValidity() != place.uidValidity()) {
            throw gone();
        }
        byte[] octets = fetchOpen(connection, length);
        // What arrived since this mailbox was opened is not seen through it.
        if (octets == null && reused && connection.examineAgain(place.mailbox()).uidValidity() == place.uidValidity()) {
            octets = fetchOpen(connection, length);
        }
        if (octets == null) {
            throw gone();
        }
        return octets;
    }

    private byte @Nullable [] fetchOpen(ImapConnection connection, int length) {
        Piece answer = new Piece();
        TolerantFetch fetch = new TolerantFetch(connection)
                .run(Long.toString(uid), "UID BODY.PEEK[" + section + "]<" + offset + "." + length + ">", response -> {
                    if (response.uid() == uid) {
                        answer.take(response);
                    }
                });
        byte[] octets = answer.octets;
        if (octets != null) {
            return octets;
        }
        if (offset > 0 && fetch.isComplete() && answer.nothing) {
            return new byte[0];
        }
        if (!fetch.missing(Set.of(uid), Set.of()).isEmpty()) {
            throw MailException.of(Kind.PROTOCOL, "the server cannot deliver this message, or not in a readable way");
        }
        return null;
    }

    private static MailException gone() {
        return MailException.of(Kind.NOT_FOUND, "the email is gone, or its id is of before a move; query for it again");
    }

    /** The octets of one answer. */
    private static final class Piece {
        private byte @Nullable [] octets;
        private boolean nothing;

        void take(Fetched response) {
            byte[] body = FetchItems.body(response);
            octets = body == null ? octets : body;
            nothing |= body == null && !response.data().sections().isEmpty();
        }
    }
}
