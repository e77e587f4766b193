package dev.steadymail.imap;

import dev.steadymail.imap.ImapEmailId.Place;
import dev.steadymail.mail.Email;
import dev.steadymail.mail.FetchLevel;
import dev.steadymail.mail.Keyword;
import dev.steadymail.mail.MailboxId;
import java.time.Instant;
import java.util.Set;
import org.eclipse.angus.mail.iap.ByteArray;
import org.eclipse.angus.mail.imap.protocol.BODY;
import org.eclipse.angus.mail.imap.protocol.BODYSTRUCTURE;
import org.eclipse.angus.mail.imap.protocol.ENVELOPE;
import org.eclipse.angus.mail.imap.protocol.FLAGS;
import org.eclipse.angus.mail.imap.protocol.FetchResponse;
import org.eclipse.angus.mail.imap.protocol.INTERNALDATE;
import org.eclipse.angus.mail.imap.protocol.RFC822SIZE;
import org.eclipse.angus.mail.imap.protocol.UID;
import org.jspecify.annotations.Nullable;

/** What to ask for at each level, and how to read the answer. */
final class FetchItems {
    static final String STATE = "UID FLAGS INTERNALDATE RFC822.SIZE";

    private FetchItems() {}

    static String of(FetchLevel level) {
        return switch (level) {
            case STATE -> STATE;
            case METADATA -> STATE + " ENVELOPE";
            case STRUCTURE -> STATE + " ENVELOPE BODYSTRUCTURE";
        };
    }

    /** Returns the UID, or 0 where the response has none: then it was not asked for. */
    static long uid(FetchResponse response) {
        UID uid = response.getItem(UID.class);
        return uid == null ? 0 : uid.uid;
    }

    /** Returns the size the server states, or -1. */
    static long size(FetchResponse response) {
        RFC822SIZE size = response.getItem(RFC822SIZE.class);
        return size == null || size.size < 0 ? -1 : size.size;
    }

    static @Nullable Set<Keyword> keywords(FetchResponse response) {
        FLAGS flags = response.getItem(FLAGS.class);
        return flags == null ? null : Flags.keywords(flags);
    }

    static Instant receivedAt(FetchResponse response) {
        INTERNALDATE date = response.getItem(INTERNALDATE.class);
        return date == null || date.getDate() == null
                ? Instant.EPOCH
                : date.getDate().toInstant();
    }

    /** Returns the octets of a section, or null where none came; NIL is what some servers send for what they cannot read. */
    static byte @Nullable [] body(FetchResponse response) {
        BODY body = response.getItem(BODY.class);
        ByteArray octets = body == null ? null : body.getByteArray();
        return octets == null ? null : octets.getNewBytes();
    }

    /** Returns the email of a response, or null where the response lacks what every email has. */
    static @Nullable Email email(FetchResponse response, Place place) {
        Set<Keyword> keywords = keywords(response);
        long uid = uid(response);
        if (uid == 0 || keywords == null) {
            return null;
        }
        ENVELOPE envelope = response.getItem(ENVELOPE.class);
        BODYSTRUCTURE structure = response.getItem(BODYSTRUCTURE.class);
        return new Email(
                place.id(uid),
                null,
                null,
                Set.of(new MailboxId(place.mailbox())),
                keywords,
                receivedAt(response),
                Math.max(0, size(response)),
                envelope == null ? null : EnvelopeDecoder.decode(envelope),
                structure == null ? null : StructureDecoder.decode(structure));
    }
}
