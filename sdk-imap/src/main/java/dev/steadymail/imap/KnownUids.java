package dev.steadymail.imap;

import dev.steadymail.provider.KnownEmail;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What a sync's caller knows of one mailbox, by UID; taken on the caller's thread, which owns the store. */
final class KnownUids {
    private final Map<Long, Map<Long, KnownEmail>> byUidValidity = new HashMap<>();

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
