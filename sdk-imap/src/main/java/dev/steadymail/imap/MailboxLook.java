package dev.steadymail.imap;

import dev.steadymail.imap.ImapEmailId.Place;
import dev.steadymail.mail.Keyword;
import dev.steadymail.mail.MailboxId;
import dev.steadymail.provider.Change;
import dev.steadymail.provider.KnownEmail;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.angus.mail.imap.protocol.FetchResponse;
import org.jspecify.annotations.Nullable;

/**
 * One look at one mailbox, with as few commands as its state allows. Counters are taken first and everything after them, so that
 * what changes meanwhile is found by the next look.
 *
 * <ol>
 *   <li>UIDVALIDITY changed: see {@link Renumbering}.
 *   <li>Nothing known: all UIDs, by one search.
 *   <li>Mod-sequences kept (RFC 7162): what changed since, and a search only where the number of messages does not add up.
 *   <li>Else: the flags of all, in windows.
 * </ol>
 */
final class MailboxLook {
    private static final int WINDOW = 20_000;

    private final ImapConnection connection;
    private final Place place;
    private final SelectedMailbox now;
    private final @Nullable MailboxState before;
    private final Map<Long, KnownEmail> known;
    private final List<KnownEmail> stale;
    private final SizeMemory sizes;
    private final List<Change> changes = new ArrayList<>();
    private final Set<Long> appearing = new TreeSet<>(Comparator.reverseOrder());
    private @Nullable UidSet present;

    private MailboxLook(
            ImapConnection connection,
            SelectedMailbox now,
            @Nullable MailboxState before,
            KnownUids known,
            SizeMemory sizes) {
        this.connection = connection;
        this.now = now;
        this.place = new Place(now.name(), now.uidValidity());
        this.before = before != null && before.uidValidity() == now.uidValidity() ? before : null;
        this.known = known.under(now.uidValidity());
        this.stale = known.notUnder(now.uidValidity());
        this.sizes = sizes;
    }

    static MailboxNews look(
            ImapConnection connection,
            String mailbox,
            @Nullable MailboxState before,
            KnownUids known,
            SizeMemory sizes) {
        SelectedMailbox now = connection.examineAgain(mailbox);
        return new MailboxLook(connection, now, before, known, sizes).run();
    }

    private MailboxNews run() {
        MailboxState state = before;
        boolean steppedBack = state != null && now.highestModSeq() > 0 && now.highestModSeq() < state.modSeq();
        if (now.exists() == 0) {
            present = UidSet.EMPTY;
            stale.forEach(email -> changes.add(new Change.Vanished(email.id())));
        } else if (!stale.isEmpty()) {
            renumbered();
        } else if (state == null && known.isEmpty()) {
            present = UidSearch.all(connection);
        } else if (state != null && state.modSeq() > 0 && now.highestModSeq() >= state.modSeq()) {
            changedSince(state);
        } else {
            compareFlags();
        }
        long uidNext = uidNext();
        settle(uidNext);
        return news(uidNext, !stale.isEmpty() || steppedBack);
    }

    private void renumbered() {
        Renumbering renumbering = new Renumbering(place, stale);
        UidFetch fetch = new UidFetch(connection).run("1:* (" + FetchItems.STATE + ")", response -> {
            remember(response);
            renumbering.observe(response);
        });
        changes.addAll(renumbering.changes());
        appearing.addAll(renumbering.unmatched());
        appearing.removeAll(known.keySet());
        if (!fetch.isComplete()) {
            UidSet all = UidSearch.all(connection);
            all.ascending()
                    .filter(uid -> !renumbering.isMatched(uid) && !known.containsKey(uid))
                    .forEach(appearing::add);
        }
        present = null;
    }

    private void changedSince(MailboxState state) {
        boolean complete = true;
        if (now.highestModSeq() > state.modSeq()) {
            String since = "1:* (UID FLAGS RFC822.SIZE) (CHANGEDSINCE " + state.modSeq() + ")";
            complete = new UidFetch(connection).run(since, this::compare).isComplete();
        }
        boolean addsUp = known.size() + appearing.size() == now.exists();
        if (!complete || !addsUp || state.below() > 0 || now.uidNext() == 0) {
            present = UidSearch.all(connection);
        }
    }

    private void compareFlags() {
        Set<Long> came = new TreeSet<>();
        boolean complete = true;
        UidSet all = now.exists() > WINDOW ? UidSearch.all(connection) : null;
        for (String window : windows(all)) {
            complete &= new UidFetch(connection)
                    .run(window + " (UID FLAGS)", response -> {
                        came.add(FetchItems.uid(response));
                        compare(response);
                    })
                    .isComplete();
        }
        if (all != null) {
            present = all;
        } else {
            present = complete ? UidSet.of(came) : UidSearch.all(connection);
        }
    }

    private static List<String> windows(@Nullable UidSet all) {
        if (all == null) {
            return List.of("1:*");
        }
        List<String> windows = new ArrayList<>();
        long[] uids = all.ascending().toArray();
        for (int from = 0; from < uids.length; from += WINDOW) {
            windows.add(uids[from] + ":" + uids[Math.min(uids.length, from + WINDOW) - 1]);
        }
        return windows;
    }

    private void compare(FetchResponse response) {
        remember(response);
        long uid = FetchItems.uid(response);
        Set<Keyword> keywords = FetchItems.keywords(response);
        KnownEmail email = known.get(uid);
        if (email == null) {
            appearing.add(uid);
        } else if (keywords != null && !keywords.equals(email.keywords())) {
            changes.add(new Change.Updated(email.id(), Set.of(new MailboxId(place.mailbox())), keywords));
        }
    }

    private void remember(FetchResponse response) {
        if (FetchItems.size(response) >= 0) {
            sizes.remember(place.id(FetchItems.uid(response)), FetchItems.size(response));
        }
    }

    /** The server's, where it tells; else one above what is there. */
    private long uidNext() {
        if (now.uidNext() > 0) {
            return now.uidNext();
        }
        UidSet all = present != null ? present : UidSearch.all(connection);
        return all.last() + 1;
    }

    /** Compares what is there with what is known, as far as it was asked for. */
    private void settle(long uidNext) {
        UidSet all = present;
        if (all != null) {
            known.forEach((uid, email) -> {
                if (!all.contains(uid) && uid < uidNext) {
                    changes.add(new Change.Vanished(email.id()));
                }
            });
            appearing.removeIf(uid -> !all.contains(uid));
            all.ascending().filter(uid -> !known.containsKey(uid)).forEach(appearing::add);
        }
        appearing.removeIf(uid -> uid >= uidNext);
    }

    private MailboxNews news(long uidNext, boolean recovered) {
        List<Long> uids = List.copyOf(appearing);
        MailboxState state = new MailboxState(
                place.mailbox(),
                now.uidValidity(),
                uidNext,
                now.highestModSeq(),
                now.exists(),
                uids.isEmpty() ? 0 : uidNext);
        return new MailboxNews(changes, uids, state, recovered);
    }
}
