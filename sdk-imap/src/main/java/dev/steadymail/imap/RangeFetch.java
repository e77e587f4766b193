package dev.steadymail.imap;

import dev.steadymail.imap.PieceFetch.Piece;
import dev.steadymail.imap.codec.StructureData;
import dev.steadymail.imap.decode.StructureDecoder;
import dev.steadymail.mail.EmailId;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.provider.Call;
import dev.steadymail.provider.PartRange;

/**
 * Reads a range of a part, or of a message, with one command: the structure, which tells encoding and length, comes along with the
 * octets, so that a range needs no other call before it.
 */
final class RangeFetch {
    private final ImapCalls calls;

    RangeFetch(ImapCalls calls) {
        this.calls = calls;
    }

    PartRange read(EmailId id, String section, long from, int length, Call call) {
        PartRange.check(from, length);
        ImapEmailId message = ImapEmailId.parse(id);
        if (message == null || !(section.isEmpty() || AttachmentFetch.isSection(section))) {
            throw AttachmentFetch.noSuchPart();
        }
        String alongside = section.isEmpty() ? "RFC822.SIZE" : "BODYSTRUCTURE";
        Piece piece = new PieceFetch(calls, message, section, alongside).fetch(from, length, call);
        if (piece.octets().length > length) {
            throw MailException.of(Kind.PROTOCOL, "the server sent more of a message than it was asked for");
        }
        return section.isEmpty() ? PartRange.of("", piece.size(), piece.octets()) : part(piece, section);
    }

    private static PartRange part(Piece piece, String section) {
        StructureData structure = piece.structure();
        if (structure == null) {
            throw MailException.of(Kind.PROTOCOL, "the server's list of the email's parts cannot be read");
        }
        StructureData part = StructureDecoder.find(structure, section);
        if (part == null) {
            throw AttachmentFetch.noSuchPart();
        }
        return PartRange.of(part.encoding(), part.size(), piece.octets());
    }
}
