package dev.steadymail.imap;

import dev.steadymail.imap.ImapEmailId.Place;
import dev.steadymail.imap.MailboxNews.Lost;
import dev.steadymail.imap.codec.UidSet;
import dev.steadymail.imap.command.SelectedMailbox;
import dev.steadymail.mail.Keyword;
import dev.steadymail.mail.MailboxId;
import dev.steadymail.provider.ChangePage.Cause;
import dev.steadymail.provider.ChangePage.Gap;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One look at one mailbox, with as few commands as its state allows. Counters are taken first and everything after them, so that
 * what changes meanwhile is found by the next look.
 *
 * <ol>
 *   <li>UIDVALIDITY changed: all emails are listed and known ones found again, see {@link SameEmails}.
 *   <li>Nothing known: all UIDs, by one search, on its way together with the command that opens the mailbox.
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
    private final EmailTable known;
    private final Set<Long> unread;
    private final Map<Long, EmailTable> stale;
    private final SizeMemory sizes;
    private final EmailTable.Builder toldKnown = new EmailTable.Builder();
    private final EmailTable.Builder toldOthers = new EmailTable.Builder();
    private final UidBuffer appearing = new UidBuffer();
    private final UidBuffer replaced = new UidBuffer();
    private final List<FoundAgain> foundAgain = new ArrayList<>();
    private final List<Lost> lost = new ArrayList<>();
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
        if (before == null && known.isEmpty()) {
            ImapConnection.Listed listed = connection.examineAndList(mailbox);
            MailboxLook first = new MailboxLook(connection, listed.mailbox(), null, known, sizes);
            first.present = listed.uids();
            return first.run();
        }
        SelectedMailbox now = connection.examineAgain(mailbox);
        return new MailboxLook(connection, now, before, known, sizes).run();
    }

    private MailboxNews run() {
        MailboxState state = before;
        boolean steppedBack = state != null && hasSteppedBack(state);
        if (now.exists() == 0) {
            present = UidSet.EMPTY;
            stale.forEach((validity, emails) -> lost.add(new Lost(new Place(place.mailbox(), validity), emails)));
        } else if (!stale.isEmpty()) {
            renumbered();
        } else if (state == null && known.isEmpty()) {
            present = present == null ? connection.allUids() : present;
        } else if (steppedBack) {
            compareAll(FetchItems.STATE, this::compareIdentity);
        } else if (state != null && state.modSeq() > 0 && now.highestModSeq() >= state.modSeq()) {
            changedSince(state);
        } else {
            compareAll("UID FLAGS", this::compare);
        }
        long uidNext = uidNext();
        return news(uidNext, settle(uidNext), gap(steppedBack));
    }

    private @Nullable Gap gap(boolean steppedBack) {
        MailboxId mailbox = new MailboxId(place.mailbox());
        if (!stale.isEmpty()) {
            return new Gap(Cause.UIDS_VOID, mailbox);
        }
        return steppedBack ? new Gap(Cause.COUNTERS_BACK, mailbox) : null;
    }

    /** A server restored from a backup gives away numbers again that it gave before. */
    private boolean hasSteppedBack(MailboxState state) {
        return (now.highestModSeq() > 0 && now.highestModSeq() < state.modSeq())
                || (now.uidNext() > 0 && now.uidNext() < state.uidNext());
    }

    private void renumbered() {
        boolean byMessageId = stale.values().stream().anyMatch(EmailTable::hasMessageIds);
        compareAll(FetchItems.identity(connection, byMessageId), response -> {
            if (known.contains(response.uid())) {
                compare(response);
            } else {
                remember(response);
                FetchItems.addTo(toldOthers, response);
            }
        });
        EmailTable told = toldOthers.build();
        for (Map.Entry<Long, EmailTable> emails : stale.entrySet()) {
            FoundAgain found =
                    FoundAgain.among(new Place(place.mailbox(), emails.getKey()), emails.getValue(), place, told);
            foundAgain.add(found);
            lost.add(new Lost(found.from(), found.lost()));
            told = found.others();
        }
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
        UidSet others = appearing.toSet();
        long there = known.rows()
                + others.size()
                + unread.stream()
                        .filter(uid -> !known.contains(uid) && !others.contains(uid))
                        .count();
        if (!flagsComplete || there != now.exists() || state.below() > 0 || now.uidNext() == 0) {
            present = connection.allUids();
        }
    }

    private void compareAll(String items, Consumer<Fetched> each) {
        UidBuffer came = new UidBuffer();
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
            present = flagsComplete ? came.toSet() : connection.allUids();
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
        if (!known.contains(uid)) {
            appearing.add(uid);
        } else if (keywords != null) {
            // Told again while the answer is read, the last word counts, even where it is what was known.
            toldKnown.add(uid, keywords, 0, 0, 0, 0);
        }
    }

    /** Takes an email for another one where size or time of arrival differ from what is known under its UID. */
    private void compareIdentity(Fetched response) {
        int row = known.find(response.uid());
        if (row < 0 || isSame(row, response)) {
            compare(response);
        } else {
            remember(response);
            replaced.add(response.uid());
        }
    }

    private boolean isSame(int row, Fetched response) {
        long size = response.size();
        long arrived = FetchItems.receivedAt(response.data()).getEpochSecond();
        return size < 0 || (size == known.size(row) && arrived == known.seconds(row));
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

    /**
     * Compares what is there with what is known, as far as it was asked for. What is known was so before the counters were taken: it is
     * no arrival that they do not count yet.
     *
     * @return UIDs of emails that are not known
     */
    private UidSet settle(long uidNext) {
        UidSet others = replaced.toSet();
        UidSet all = present;
        lost.add(new Lost(
                place,
                known.only(row -> others.contains(known.uid(row)) || (all != null && !all.contains(known.uid(row))))));
        if (all == null) {
            return fresh(uidNext, appearing.toSet());
        }
        UidSet matched =
                UidSet.union(foundAgain.stream().map(FoundAgain::toldUids).toList());
        UidBuffer unknown = new UidBuffer();
        all.ascending()
                .filter(uid -> others.contains(uid) || (!known.contains(uid) && !matched.contains(uid)))
                .forEach(unknown::add);
        return fresh(uidNext, unknown.toSet());
    }

    /** What waits to be read was told already, and is tried again without being told. */
    private UidSet fresh(long uidNext, UidSet uids) {
        return uids.last() < uidNext && unread.isEmpty()
                ? uids
                : UidSet.of(uids.ascending()
                        .filter(uid -> uid < uidNext && !unread.contains(uid))
                        .toArray());
    }

    /**
     * A response that could not be read may have held a flag that changed: then it must be asked for again, and where the numbers before
     * say nothing any more, all of them.
     */
    private long toldModSeq() {
        MailboxState state = before;
        if (flagsComplete) {
            return now.highestModSeq();
        }
        return state == null || hasSteppedBack(state) ? 0 : Math.min(state.modSeq(), now.highestModSeq());
    }

    private MailboxNews news(long uidNext, UidSet unknown, @Nullable Gap gap) {
        EmailTable told = toldKnown.build();
        EmailTable marked = told.only(row -> !told.keywords(row).equals(known.keywords(known.find(told.uid(row)))));
        MailboxState state =
                new MailboxState(place.mailbox(), now.uidValidity(), uidNext, toldModSeq(), now.exists(), 0);
        return new MailboxNews(state, foundAgain, marked, lost, unknown, gap);
    }
}
