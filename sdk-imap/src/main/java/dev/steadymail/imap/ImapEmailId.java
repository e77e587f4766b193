package dev.steadymail.imap;

import dev.steadymail.mail.EmailId;
import dev.steadymail.mail.MailboxId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an {@link EmailId} of ours says: {@code UIDVALIDITY.UID.MAILBOX}, the three that name a message for good (RFC 3501
 * section 2.3.1.1).
 */
record ImapEmailId(long uidValidity, long uid, String mailbox) {
    static EmailId of(long uidValidity, long uid, String mailbox) {
        return new EmailId(uidValidity + "." + uid + "." + mailbox);
    }

    /** Returns the parts of an id, or null where it was not made here. */
    static @Nullable ImapEmailId parse(EmailId id) {
        String[] parts = id.value().split("\\.", 3);
        if (parts.length < 3) {
            return null;
        }
        try {
            return new ImapEmailId(Long.parseLong(parts[0]), Long.parseLong(parts[1]), parts[2]);
        } catch (NumberFormatException foreign) {
            return null;
        }
    }

    MailboxId mailboxId() {
        return new MailboxId(mailbox);
    }

    /** Returns ids by mailbox and UIDVALIDITY, in the order given; those that were not made here name nothing. */
    static Map<Place, List<Long>> byPlace(List<EmailId> ids) {
        Map<Place, List<Long>> places = new LinkedHashMap<>();
        for (EmailId id : ids) {
            ImapEmailId parts = parse(id);
            if (parts != null) {
                places.computeIfAbsent(new Place(parts.mailbox, parts.uidValidity), place -> new ArrayList<>())
                        .add(parts.uid);
            }
        }
        return places;
    }

    /** A mailbox while its UIDs hold. */
    record Place(String mailbox, long uidValidity) {
        EmailId id(long uid) {
            return ImapEmailId.of(uidValidity, uid, mailbox);
        }
    }
}
