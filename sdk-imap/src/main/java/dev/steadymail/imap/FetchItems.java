package dev.steadymail.imap;

import dev.steadymail.imap.ImapEmailId.Place;
import dev.steadymail.imap.codec.EnvelopeData;
import dev.steadymail.imap.codec.FetchData;
import dev.steadymail.imap.codec.FetchData.SectionData;
import dev.steadymail.imap.codec.StructureData;
import dev.steadymail.imap.decode.EnvelopeDecoder;
import dev.steadymail.imap.decode.KeywordNames;
import dev.steadymail.imap.decode.StructureDecoder;
import dev.steadymail.mail.Email;
import dev.steadymail.mail.FetchLevel;
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

    private FetchItems() {}

    static String of(FetchLevel level) {
        return switch (level) {
            case STATE -> STATE;
            case METADATA -> STATE + " ENVELOPE";
            case STRUCTURE -> STATE + " ENVELOPE BODYSTRUCTURE";
        };
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
    static @Nullable Email email(FetchData data, Place place) {
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
                envelope == null ? null : EnvelopeDecoder.decode(envelope),
                structure == null ? null : StructureDecoder.decode(structure));
    }
}
