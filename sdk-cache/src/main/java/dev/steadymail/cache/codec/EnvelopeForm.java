package dev.steadymail.cache.codec;

import dev.steadymail.mail.EmailAddress;
import dev.steadymail.mail.Envelope;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An envelope: two octets that say what there is, then that. Servers repeat the authors as senders and where to answer (RFC 9051 section
 * 7.5.2), and the message that is answered is mostly the last of the references; neither is written twice.
 */
final class EnvelopeForm {
    private static final int SUBJECT = 1;
    private static final int FROM = 1 << 1;
    private static final int SENDER = 1 << 2;
    private static final int REPLY_TO = 1 << 3;
    private static final int TO = 1 << 4;
    private static final int CC = 1 << 5;
    private static final int BCC = 1 << 6;
    private static final int MESSAGE_ID = 1 << 7;
    private static final int IN_REPLY_TO = 1 << 8;
    private static final int REFERENCES = 1 << 9;
    private static final int SENT_AT = 1 << 10;
    private static final int SENDER_IS_FROM = 1 << 11;
    private static final int REPLY_TO_IS_FROM = 1 << 12;
    private static final int IN_REPLY_TO_IS_LAST = 1 << 13;

    private static final int LEAST_ADDRESS = 2;

    private EnvelopeForm() {}

    static void write(Envelope envelope, long receivedAt, OctetWriter into) {
        int flags = flags(envelope);
        into.octet(flags);
        into.octet(flags >> 8);
        writeText(flags & SUBJECT, envelope.subject(), into);
        writeAddresses(flags & FROM, envelope.from(), into);
        writeAddresses(flags & SENDER, envelope.sender(), into);
        writeAddresses(flags & REPLY_TO, envelope.replyTo(), into);
        writeAddresses(flags & TO, envelope.to(), into);
        writeAddresses(flags & CC, envelope.cc(), into);
        writeAddresses(flags & BCC, envelope.bcc(), into);
        writeText(flags & MESSAGE_ID, envelope.messageId(), into);
        writeText(flags & REFERENCES, envelope.references(), into);
        writeText(flags & IN_REPLY_TO, envelope.inReplyTo(), into);
        Instant sentAt = envelope.sentAt();
        if (sentAt != null) {
            into.instant(sentAt, receivedAt);
        }
    }

    private static int flags(Envelope envelope) {
        return (envelope.subject().isEmpty() ? 0 : SUBJECT)
                | (envelope.from().isEmpty() ? 0 : FROM)
                | likeFrom(envelope.sender(), envelope.from(), SENDER, SENDER_IS_FROM)
                | likeFrom(envelope.replyTo(), envelope.from(), REPLY_TO, REPLY_TO_IS_FROM)
                | (envelope.to().isEmpty() ? 0 : TO)
                | (envelope.cc().isEmpty() ? 0 : CC)
                | (envelope.bcc().isEmpty() ? 0 : BCC)
                | (envelope.messageId() == null ? 0 : MESSAGE_ID)
                | answers(envelope.inReplyTo(), envelope.references())
                | (envelope.references() == null ? 0 : REFERENCES)
                | (envelope.sentAt() == null ? 0 : SENT_AT);
    }

    private static int likeFrom(List<EmailAddress> addresses, List<EmailAddress> from, int own, int same) {
        if (addresses.isEmpty()) {
            return 0;
        }
        return addresses.equals(from) ? same : own;
    }

    private static int answers(@Nullable String inReplyTo, @Nullable String references) {
        if (inReplyTo == null) {
            return 0;
        }
        return references != null && last(references).equals(inReplyTo) ? IN_REPLY_TO_IS_LAST : IN_REPLY_TO;
    }

    private static String last(String references) {
        return references.substring(references.lastIndexOf(' ') + 1);
    }

    private static void writeText(int present, @Nullable String text, OctetWriter into) {
        if (present != 0 && text != null) {
            into.text(text);
        }
    }

    private static void writeAddresses(int present, List<EmailAddress> addresses, OctetWriter into) {
        if (present == 0) {
            return;
        }
        into.number(addresses.size());
        for (EmailAddress address : addresses) {
            into.optional(address.name());
            into.text(address.address());
        }
    }

    static Envelope read(long receivedAt, OctetReader from) {
        int flags = from.octet() | (from.octet() << 8);
        String subject = (flags & SUBJECT) == 0 ? "" : from.text();
        List<EmailAddress> authors = readAddresses(flags & FROM, from);
        List<EmailAddress> sender = (flags & SENDER_IS_FROM) != 0 ? authors : readAddresses(flags & SENDER, from);
        List<EmailAddress> replyTo = (flags & REPLY_TO_IS_FROM) != 0 ? authors : readAddresses(flags & REPLY_TO, from);
        List<EmailAddress> to = readAddresses(flags & TO, from);
        List<EmailAddress> cc = readAddresses(flags & CC, from);
        List<EmailAddress> bcc = readAddresses(flags & BCC, from);
        String messageId = (flags & MESSAGE_ID) == 0 ? null : from.text();
        String references = (flags & REFERENCES) == 0 ? null : from.text();
        return new Envelope(
                subject,
                authors,
                sender,
                replyTo,
                to,
                cc,
                bcc,
                messageId,
                readInReplyTo(flags, references, from),
                references,
                (flags & SENT_AT) == 0 ? null : from.instant(receivedAt));
    }

    private static @Nullable String readInReplyTo(int flags, @Nullable String references, OctetReader from) {
        if ((flags & IN_REPLY_TO_IS_LAST) == 0) {
            return (flags & IN_REPLY_TO) == 0 ? null : from.text();
        }
        if (references == null) {
            throw new DamagedValueException("it answers the last of no references");
        }
        return last(references);
    }

    private static List<EmailAddress> readAddresses(int present, OctetReader from) {
        if (present == 0) {
            return List.of();
        }
        EmailAddress[] addresses = new EmailAddress[from.count(LEAST_ADDRESS)];
        for (int i = 0; i < addresses.length; i++) {
            String name = from.optional();
            addresses[i] = new EmailAddress(name, from.text());
        }
        return List.of(addresses);
    }
}
