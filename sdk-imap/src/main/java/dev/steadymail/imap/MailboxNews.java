package dev.steadymail.imap;

import dev.steadymail.imap.ImapEmailId.Place;
import dev.steadymail.imap.codec.UidSet;
import dev.steadymail.mail.MailboxId;
import dev.steadymail.provider.Change;
import dev.steadymail.provider.ChangePage.Gap;
import java.util.ArrayList;
import java.util.List;
import java.util.PrimitiveIterator;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What one look at a mailbox found, kept in columns and told as changes a slice at a time. Not thread-safe.
 *
 * <p>Until all of it was told, the mailbox stands where it stood: a slice that was applied is found no more by the look that a crash
 * makes necessary, and the rest is.
 */
final class MailboxNews {
    private final MailboxState state;
    private final Place place;
    private final List<FoundAgain> foundAgain;
    private final EmailTable marked;
    private final @Nullable Gap gap;
    private final List<Lost> allLost;
    private final UidSet allAppearing;
    private List<Lost> lost;
    private UidSet appearing;
    private @Nullable List<Part> parts;
    private int part;
    private int row;
    private PrimitiveIterator.@Nullable OfLong toHand;
    private long handed;
    private long lowest;

    /**
     * Takes what was found.
     *
     * @param state where the mailbox stands once all was told
     * @param foundAgain known emails under other ids
     * @param marked emails with other keywords
     * @param lost known emails that are not there
     * @param appearing UIDs of emails that are not known
     * @param gap why it was found by comparing, where what was kept of the mailbox was no longer good
     */
    MailboxNews(
            MailboxState state,
            List<FoundAgain> foundAgain,
            EmailTable marked,
            List<Lost> lost,
            UidSet appearing,
            @Nullable Gap gap) {
        this.state = state;
        this.place = new Place(state.name(), state.uidValidity());
        this.foundAgain = List.copyOf(foundAgain);
        this.marked = marked;
        this.allLost = List.copyOf(lost);
        this.allAppearing = appearing;
        this.lost = new ArrayList<>(lost);
        this.appearing = appearing;
        this.gap = gap;
    }

    /** Known emails that are not where they were. */
    record Lost(Place place, EmailTable emails) {}

    Place place() {
        return place;
    }

    /** Returns where the mailbox stood when it was looked at, all told. */
    MailboxState state() {
        return state;
    }

    @Nullable
    Gap gap() {
        return gap;
    }

    List<Lost> lost() {
        return List.copyOf(lost);
    }

    UidSet appearing() {
        return appearing;
    }

    /** Takes note that one of what was lost was found elsewhere; before anything is told. */
    void foundElsewhere(Lost before, EmailTable stillLost) {
        lost.set(lost.indexOf(before), new Lost(before.place(), stillLost));
    }

    /** Takes note that these are the only ones that are not known; before anything is told. */
    void appearingOnly(UidSet uids) {
        appearing = uids;
    }

    /** Takes back what was found of moves; before anything is told. */
    void forgetMoves() {
        lost = new ArrayList<>(allLost);
        appearing = allAppearing;
    }

    /** Tells changes to known emails, some at a time. */
    void tell(int most, List<Change> into) {
        int goal = into.size() + most;
        for (Part at = part(); at != null && into.size() < goal; at = part()) {
            at.each.tell(row++, into::add);
        }
    }

    /** Returns whether all changes to known emails were told. */
    boolean isTold() {
        return part() == null;
    }

    /** Returns what has a row to tell, or null where all was told. */
    private @Nullable Part part() {
        List<Part> all = parts;
        if (all == null) {
            all = listParts();
            parts = all;
        }
        while (part < all.size() && row == all.get(part).rows) {
            part++;
            row = 0;
        }
        return part < all.size() ? all.get(part) : null;
    }

    private List<Part> listParts() {
        List<Part> all = new ArrayList<>();
        for (Lost gone : lost) {
            EmailTable emails = gone.emails();
            all.add(new Part(
                    emails.rows(),
                    (at, each) -> each.accept(new Change.Vanished(gone.place().id(emails.uid(at))))));
        }
        for (FoundAgain found : foundAgain) {
            all.add(new Part(found.known().rows(), found::tell));
        }
        Set<MailboxId> mailboxes = Set.of(new MailboxId(place.mailbox()));
        all.add(new Part(
                marked.rows(),
                (at, each) ->
                        each.accept(new Change.Updated(place.id(marked.uid(at)), mailboxes, marked.keywords(at)))));
        return all;
    }

    /** Hands out emails that appeared, newest first, some at a time; returns how many. */
    int hand(int most, List<Change> into) {
        PrimitiveIterator.OfLong uids = toHand;
        if (uids == null) {
            uids = appearing.descending().iterator();
            toHand = uids;
        }
        int count = 0;
        while (count < most && uids.hasNext()) {
            lowest = uids.nextLong();
            into.add(new Change.Appeared(place.id(lowest)));
            count++;
        }
        handed += count;
        return count;
    }

    long leftToHand() {
        return appearing.size() - handed;
    }

    /** Returns where the mailbox stands with what was handed out. */
    MailboxState stateSoFar() {
        return state.below(leftToHand() == 0 ? 0 : handed == 0 ? state.uidNext() : lowest);
    }

    private record Part(int rows, Row each) {}

    private interface Row {
        void tell(int row, Consumer<Change> each);
    }
}
