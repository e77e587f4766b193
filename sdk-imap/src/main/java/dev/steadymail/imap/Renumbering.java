package dev.steadymail.imap;

import dev.steadymail.imap.ImapEmailId.Place;
import dev.steadymail.mail.Keyword;
import dev.steadymail.mail.MailboxId;
import dev.steadymail.provider.Change;
import dev.steadymail.provider.KnownEmail;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds known emails again after their UIDs became void (RFC 3501 section 2.3.1.1): by size and time of arrival, where exactly one
 * known and one new email have both. What stays in doubt vanishes and appears, which is slower and never wrong.
 */
final class Renumbering {
    private final Place place;
    private final List<KnownEmail> stale;
    private final Map<Key, List<Found>> found = new HashMap<>();
    private final Set<Long> matched = new HashSet<>();

    Renumbering(Place place, List<KnownEmail> stale) {
        this.place = place;
        this.stale = stale;
    }

    void observe(Fetched response) {
        Set<Keyword> keywords = FetchItems.keywords(response.data());
        long uid = response.uid();
        Key key = new Key(response.size(), seconds(FetchItems.receivedAt(response.data())));
        List<Found> same = found.computeIfAbsent(key, unused -> new ArrayList<>(1));
        if (keywords != null && same.stream().noneMatch(one -> one.uid == uid)) {
            same.add(new Found(uid, keywords));
        }
    }

    /** Returns what became of the known emails; to be called once everything was observed. */
    List<Change> changes() {
        Map<Key, List<KnownEmail>> known = new HashMap<>();
        for (KnownEmail email : stale) {
            known.computeIfAbsent(new Key(email.size(), seconds(email.receivedAt())), key -> new ArrayList<>(1))
                    .add(email);
        }
        List<Change> changes = new ArrayList<>();
        known.forEach((key, emails) -> {
            List<Found> candidates = found.getOrDefault(key, List.of());
            if (emails.size() == 1 && candidates.size() == 1) {
                match(emails.get(0), candidates.get(0), changes);
            } else {
                emails.forEach(email -> changes.add(new Change.Vanished(email.id())));
            }
        });
        return changes;
    }

    private void match(KnownEmail email, Found same, List<Change> changes) {
        Set<MailboxId> mailboxes = Set.of(new MailboxId(place.mailbox()));
        matched.add(same.uid);
        changes.add(new Change.Relocated(email.id(), place.id(same.uid), mailboxes));
        if (!same.keywords.equals(email.keywords())) {
            changes.add(new Change.Updated(place.id(same.uid), mailboxes, same.keywords));
        }
    }

    /** Returns the UIDs under which known emails were found again. */
    Set<Long> matched() {
        return Set.copyOf(matched);
    }

    /** INTERNALDATE has seconds only. */
    static long seconds(Instant receivedAt) {
        return receivedAt.getEpochSecond();
    }

    private record Key(long size, long receivedAt) {}

    private record Found(long uid, Set<Keyword> keywords) {}
}
