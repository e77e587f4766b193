package dev.steadymail.imap;

import dev.steadymail.mail.EmailId;
import dev.steadymail.mail.MailboxId;
import dev.steadymail.provider.KnownEmail;
import dev.steadymail.provider.KnownEmails;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** What a sync's caller knows of one mailbox, by UID; taken on the caller's thread, which owns the store. */
final class KnownUids {
    private final Map<Long, EmailTable> byUidValidity = new HashMap<>();
    private final Map<Long, Set<Long>> unread = new HashMap<>();

    /** Takes the emails of one mailbox and, of all emails that could not be read yet, those that are in it. */
    KnownUids(String mailbox, KnownEmails known) {
        this(known.in(new MailboxId(mailbox)));
        for (EmailId email : known.unread()) {
            ImapEmailId id = ImapEmailId.parse(email);
            if (id != null && id.mailbox().equals(mailbox)) {
                unread.computeIfAbsent(id.uidValidity(), validity -> new HashSet<>())
                        .add(id.uid());
            }
        }
    }

    KnownUids(Iterable<KnownEmail> emails) {
        Map<Long, EmailTable.Builder> tables = new HashMap<>();
        for (KnownEmail email : emails) {
            ImapEmailId id = ImapEmailId.parse(email.id());
            if (id != null) {
                tables.computeIfAbsent(id.uidValidity(), validity -> new EmailTable.Builder())
                        .add(id.uid(), email);
            }
        }
        tables.forEach((validity, rows) -> byUidValidity.put(validity, rows.build()));
    }

    /** Returns whether nothing is known, and nothing waits to be read. */
    boolean isEmpty() {
        return byUidValidity.isEmpty() && unread.isEmpty();
    }

    /** Returns the emails whose UIDs hold. */
    EmailTable under(long uidValidity) {
        return byUidValidity.getOrDefault(uidValidity, EmailTable.EMPTY);
    }

    /** Returns the UIDs of emails that are there and could not be read yet. */
    Set<Long> unreadUnder(long uidValidity) {
        return unread.getOrDefault(uidValidity, Set.of());
    }

    /** Returns the emails whose UIDs are void, by the UIDVALIDITY that they had. */
    Map<Long, EmailTable> notUnder(long uidValidity) {
        Map<Long, EmailTable> stale = new HashMap<>(byUidValidity);
        stale.remove(uidValidity);
        return stale;
    }
}
