package dev.steadymail.imap;

import dev.steadymail.imap.ImapEmailId.Place;
import dev.steadymail.imap.codec.StructureData;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.provider.Call;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Fetches some octets of a message, or of a part, with one command (RFC 3501 section 6.4.5, {@code <offset.length>}). Thread-safe.
 */
final class PieceFetch {
    private final ImapCalls calls;
    private final Place place;
    private final long uid;
    private final String section;
    private final String alongside;

    /**
     * Prepares to fetch.
     *
     * @param section what stands within the brackets; empty for the whole message
     * @param alongside items to ask for with every piece, or empty
     */
    PieceFetch(ImapCalls calls, ImapEmailId id, String section, String alongside) {
        this.calls = calls;
        this.place = new Place(id.mailbox(), id.uidValidity());
        this.uid = id.uid();
        this.section = section;
        this.alongside = alongside.isEmpty() ? "" : " " + alongside;
    }

    /**
     * Fetches a piece; shorter than asked for, or empty, at the end of what there is, and longer where the server knows no pieces.
     *
     * @throws MailException NOT_FOUND where the email is gone
     */
    Piece fetch(long offset, int length, Call call) {
        return calls.download(
                "UID FETCH", place.mailbox(), length, call, connection -> fetch(connection, offset, length));
    }

    private Piece fetch(ImapConnection connection, long offset, int length) {
        boolean reused = connection.hasOpen(place.mailbox());
        if (connection.examine(place.mailbox()).uidValidity() != place.uidValidity()) {
            throw gone();
        }
        Piece piece = fetchOpen(connection, offset, length, reused);
        // What arrived since this mailbox was opened is not seen through it.
        if (piece == null && reused && connection.examineAgain(place.mailbox()).uidValidity() == place.uidValidity()) {
            piece = fetchOpen(connection, offset, length, false);
        }
        if (piece == null) {
            throw gone();
        }
        return piece;
    }

    /** Of what is gone a server may say that it cannot be delivered, until its mailbox is opened anew. */
    private @Nullable Piece fetchOpen(ImapConnection connection, long offset, int length, boolean again) {
        Piece piece = new Piece();
        String items = "UID" + alongside + " BODY.PEEK[" + section + "]<" + offset + "." + length + ">";
        TolerantFetch fetch = new TolerantFetch(connection).run(Long.toString(uid), items, response -> {
            if (response.uid() == uid) {
                piece.take(response);
            }
        });
        if (piece.octets != null) {
            return piece;
        }
        if (offset > 0 && fetch.isComplete() && piece.nothing) {
            return piece;
        }
        if (!again && !fetch.missing(Set.of(uid), Set.of()).isEmpty()) {
            throw MailException.of(Kind.PROTOCOL, "the server cannot deliver this message, or not in a readable way");
        }
        return null;
    }

    static MailException gone() {
        return MailException.of(Kind.NOT_FOUND, "the email is gone, or its id is of before a move; query for it again");
    }

    /** What one command brought. */
    static final class Piece {
        private byte @Nullable [] octets;
        private boolean nothing;
        private @Nullable StructureData structure;
        private long size = -1;

        private void take(Fetched response) {
            byte[] body = FetchItems.body(response);
            octets = body == null ? octets : body;
            nothing |= body == null && !response.data().sections().isEmpty();
            StructureData told = response.data().structure();
            structure = told == null ? structure : told;
            size = Math.max(size, response.size());
        }

        byte[] octets() {
            return octets == null ? new byte[0] : octets;
        }

        /** Returns the message's structure, or null where it was not asked for or not told. */
        @Nullable
        StructureData structure() {
            return structure;
        }

        /** Returns the message's size, or -1 where it was not asked for or not told. */
        long size() {
            return size;
        }
    }
}
