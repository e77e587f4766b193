package dev.steadymail.imap;

import dev.steadymail.imap.ImapEmailId.Place;
import dev.steadymail.imap.codec.EnvelopeData;
import dev.steadymail.imap.codec.FetchData;
import dev.steadymail.imap.codec.FetchData.SectionData;
import dev.steadymail.imap.codec.StructureData;
import dev.steadymail.imap.decode.EnvelopeDecoder;
import dev.steadymail.imap.decode.HeaderField;
import dev.steadymail.imap.decode.KeywordNames;
import dev.steadymail.imap.decode.StructureDecoder;
import dev.steadymail.mail.Email;
import dev.steadymail.mail.FetchLevel;
import dev.steadymail.mail.Fingerprint;
import dev.steadymail.mail.Keyword;
import dev.steadymail.mail.MailboxId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What to ask for at each level, and how to read what came. */
final class FetchItems {
    static final String STATE = "UID FLAGS INTERNALDATE RFC822.SIZE";

    /** An ENVELOPE has everything but the References (RFC 3501 section 7.4.2). */
    private static final String HEADER = " ENVELOPE BODY.PEEK[HEADER.FIELDS (REFERENCES)]";

    private FetchItems() {}

    static String of(FetchLevel level, ImapConnection connection) {
        String state = STATE + objectId(connection);
        return switch (level) {
            case STATE -> state;
            case METADATA -> state + HEADER;
            case STRUCTURE -> state + HEADER + " BODYSTRUCTURE";
        };
    }

    /** Returns what tells emails apart, whatever their ids are. */
    static String identity(ImapConnection connection, boolean byMessageId) {
        String objects = objectId(connection);
        return STATE + objects + (byMessageId && objects.isEmpty() ? " ENVELOPE" : "");
    }

    /** Returns the item by which the server says what a message is, or nothing where it has none. */
    static String objectId(ImapConnection connection) {
        if (connection.can("OBJECTID")) {
            return " EMAILID";
        }
        return connection.can("X-GM-EXT-1") ? " X-GM-MSGID" : "";
    }

    /** Adds what was told of an email, unless it lacks what every email has. */
    static void addTo(EmailTable.Builder table, Fetched response) {
        FetchData data = response.data();
        Set<Keyword> keywords = keywords(data);
        if (keywords != null) {
            EnvelopeData envelope = data.envelope();
            Fingerprint message = envelope == null
                    ? null
                    : Fingerprint.ofMessageId(EnvelopeDecoder.decode(envelope).messageId());
            table.add(
                    response.uid(),
                    keywords,
                    response.size(),
                    receivedAt(data).getEpochSecond(),
                    EmailTable.number(object(data)),
                    EmailTable.number(message));
        }
    }

    private static @Nullable Fingerprint object(FetchData data) {
        String emailId = data.items().get("EMAILID");
        return Fingerprint.ofObject(emailId == null ? data.items().get("X-GM-MSGID") : emailId);
    }

    static @Nullable Set<Keyword> keywords(FetchData data) {
        List<String> flags = data.flags();
        return flags == null ? null : KeywordNames.keywords(flags);
    }

    static Instant receivedAt(FetchData data) {
        Instant date = data.internalDate();
        return date == null ? Instant.EPOCH : date;
    }

    /** Returns the octets of the section that was asked for, or null where none came; NIL is what some servers send for what they cannot read. */
    static byte @Nullable [] body(Fetched fetched) {
        for (byte[] octets : fetched.contents().values()) {
            return octets;
        }
        for (SectionData section : fetched.data().sections().values()) {
            String text = section.text();
            return text == null ? null : text.getBytes(StandardCharsets.ISO_8859_1);
        }
        return null;
    }

    /** Returns the email of a response, or null where the response lacks what every email has. */
    static @Nullable Email email(Fetched fetched, Place place) {
        FetchData data = fetched.data();
        Set<Keyword> keywords = keywords(data);
        if (keywords == null) {
            return null;
        }
        EnvelopeData envelope = data.envelope();
        StructureData structure = data.structure();
        return new Email(
                place.id(data.message().uid()),
                null,
                null,
                Set.of(new MailboxId(place.mailbox())),
                keywords,
                receivedAt(data),
                Math.max(0, data.size()),
                envelope == null ? null : EnvelopeDecoder.decode(envelope, references(fetched)),
                structure == null ? null : StructureDecoder.decode(structure),
                object(data),
                null);
    }

    private static @Nullable String references(Fetched fetched) {
        byte[] fields = body(fetched);
        return fields == null ? null : HeaderField.REFERENCES.find(fields);
    }
}
