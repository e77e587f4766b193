package dev.steadymail.imap;

import dev.steadymail.imap.ImapEmailId.Place;
import dev.steadymail.imap.codec.UidSet;
import dev.steadymail.imap.command.SelectedMailbox;
import dev.steadymail.mail.Keyword;
import dev.steadymail.mail.MailboxId;
import dev.steadymail.provider.Change;
import dev.steadymail.provider.KnownEmail;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One look at one mailbox, with as few commands as its state allows. Counters are taken first and everything after them, so that
 * what changes meanwhile is found by the next look.
 *
 * <ol>
 *   <li>UIDVALIDITY changed: see {@link Renumbering}.
 *   <li>Nothing known: all UIDs, by one search.
 *   <li>Counters gone back: flags, sizes and times of all, since UIDs may name other emails now.
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
    private final Set<Long> unread;
    private final List<KnownEmail> stale;
    private final SizeMemory sizes;
    private final List<Change> changes = new ArrayList<>();
    private final Set<Long> appearing = new TreeSet<>(Comparator.reverseOrder());
    private final Set<Long> relocated = new HashSet<>();
    private @Nullable UidSet present;
    private boolean flagsComplete = true;

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
        this.unread = known.unreadUnder(now.uidValidity());
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
        boolean steppedBack = state != null && hasSteppedBack(state);
        if (now.exists() == 0) {
            present = UidSet.EMPTY;
            stale.forEach(email -> changes.add(new Change.Vanished(email.id())));
        } else if (!stale.isEmpty()) {
            renumbered();
        } else if (state == null && known.isEmpty()) {
            present = connection.allUids();
        } else if (steppedBack) {
            compareAll(FetchItems.STATE, this::compareIdentity);
        } else if (state != null && state.modSeq() > 0 && now.highestModSeq() >= state.modSeq()) {
            changedSince(state);
        } else {
            compareAll("UID FLAGS", this::compare);
        }
        long uidNext = uidNext();
        settle(uidNext);
        return news(uidNext, !stale.isEmpty() || steppedBack);
    }

    /** A server restored from a backup gives away numbers again that it gave before. */
    private boolean hasSteppedBack(MailboxState state) {
        return (now.highestModSeq() > 0 && now.highestModSeq() < state.modSeq())
                || (now.uidNext() > 0 && now.uidNext() < state.uidNext());
    }

    private void renumbered() {
        Renumbering renumbering = new Renumbering(place, stale);
        compareAll(FetchItems.STATE, response -> {
            if (known.containsKey(response.uid())) {
                compare(response);
            } else {
                remember(response);
                renumbering.observe(response);
            }
        });
        changes.addAll(renumbering.changes());
        relocated.addAll(renumbering.matched());
    }

    /** Emails that could not be read yet are there, too, and must not stand for one that is gone. */
    private void changedSince(MailboxState state) {
        if (now.highestModSeq() > state.modSeq()) {
            TolerantFetch fetch = new TolerantFetch(connection);
            if (!fetch.runSince(state.modSeq(), "UID FLAGS RFC822.SIZE", this::compare)) {
                compareAll("UID FLAGS", this::compare);
                return;
            }
            flagsComplete = fetch.isComplete();
        }
        Set<Long> told = new HashSet<>(known.keySet());
        told.addAll(unread);
        told.addAll(appearing);
        if (!flagsComplete || told.size() != now.exists() || state.below() > 0 || now.uidNext() == 0) {
            present = connection.allUids();
        }
    }

    private void compareAll(String items, Consumer<Fetched> each) {
        Set<Long> came = new TreeSet<>();
        UidSet all = now.exists() > WINDOW ? connection.allUids() : null;
        flagsComplete &= new TolerantFetch(connection)
                .run(windows(all), items, response -> {
                    came.add(response.uid());
                    each.accept(response);
                })
                .isComplete();
        if (all != null) {
            present = all;
        } else {
            present = flagsComplete ? UidSet.of(came) : connection.allUids();
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

    private void compare(Fetched response) {
        remember(response);
        long uid = response.uid();
        Set<Keyword> keywords = FetchItems.keywords(response.data());
        KnownEmail email = known.get(uid);
        if (email == null) {
            appearing.add(uid);
        } else if (keywords != null && !keywords.equals(email.keywords())) {
            changes.add(new Change.Updated(email.id(), Set.of(new MailboxId(place.mailbox())), keywords));
        }
    }

    /** Takes an email for another one where size or time of arrival differ from what is known under its UID. */
    private void compareIdentity(Fetched response) {
        KnownEmail email = known.get(response.uid());
        if (email == null || isSame(email, response)) {
            compare(response);
            return;
        }
        remember(response);
        changes.add(new Change.Vanished(email.id()));
        appearing.add(response.uid());
    }

    private static boolean isSame(KnownEmail email, Fetched response) {
        long size = response.size();
        long arrived = Renumbering.seconds(FetchItems.receivedAt(response.data()));
        return size < 0 || (size == email.size() && arrived == Renumbering.seconds(email.receivedAt()));
    }

    private void remember(Fetched response) {
        if (response.size() >= 0) {
            sizes.remember(place.id(response.uid()), response.size());
        }
    }

    /** The server's, where it tells; else one above what is there. */
    private long uidNext() {
        if (now.uidNext() > 0) {
            return now.uidNext();
        }
        UidSet all = present != null ? present : connection.allUids();
        return all.last() + 1;
    }

    /** Compares what is there with what is known, as far as it was asked for. */
    private void settle(long uidNext) {
        UidSet all = present;
        if (all != null) {
            // What is known was so before the counters were taken: it is no arrival that they do not count yet.
            known.forEach((uid, email) -> {
                if (!all.contains(uid)) {
                    changes.add(new Change.Vanished(email.id()));
                }
            });
            appearing.removeIf(uid -> !all.contains(uid));
            all.ascending().filter(uid -> !known.containsKey(uid)).forEach(appearing::add);
            appearing.removeAll(relocated);
        }
        appearing.removeIf(uid -> uid >= uidNext);
    }

    /** A response that could not be read may have held a flag that changed: then it must be asked for again. */
    private long toldModSeq() {
        MailboxState state = before;
        if (flagsComplete) {
            return now.highestModSeq();
        }
        return state == null ? 0 : Math.min(state.modSeq(), now.highestModSeq());
    }

    private MailboxNews news(long uidNext, boolean recovered) {
        List<Long> uids = List.copyOf(appearing);
        MailboxState state = new MailboxState(
                place.mailbox(), now.uidValidity(), uidNext, toldModSeq(), now.exists(), uids.isEmpty() ? 0 : uidNext);
        return new MailboxNews(changes, uids, state, recovered);
    }
}
