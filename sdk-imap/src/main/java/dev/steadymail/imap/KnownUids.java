package dev.steadymail.imap;

import dev.steadymail.mail.EmailId;
import dev.steadymail.mail.MailboxId;
import dev.steadymail.provider.KnownEmail;
import dev.steadymail.provider.KnownEmails;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a sync's caller knows of one mailbox, by UID; taken on the caller's thread, which owns the store. */
final class KnownUids {
    private final Map<Long, Map<Long, KnownEmail>> byUidValidity = new HashMap<>();
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

    KnownUids(Collection<KnownEmail> emails) {
        for (KnownEmail email : emails) {
            ImapEmailId id = ImapEmailId.parse(email.id());
            if (id != null) {
                byUidValidity
                        .computeIfAbsent(id.uidValidity(), validity -> new HashMap<>())
                        .put(id.uid(), email);
            }
        }
    }

    /** Returns the emails whose UIDs hold. */
    Map<Long, KnownEmail> under(long uidValidity) {
        return byUidValidity.getOrDefault(uidValidity, Map.of());
    }

    /** Returns the UIDs of emails that are there and could not be read yet. */
    Set<Long> unreadUnder(long uidValidity) {
        return unread.getOrDefault(uidValidity, Set.of());
    }

    /** Returns the emails whose UIDs are void. */
    List<KnownEmail> notUnder(long uidValidity) {
        List<KnownEmail> stale = new ArrayList<>();
        byUidValidity.forEach((validity, emails) -> {
            if (validity != uidValidity) {
                stale.addAll(emails.values());
            }
        });
        return stale;
    }
}
