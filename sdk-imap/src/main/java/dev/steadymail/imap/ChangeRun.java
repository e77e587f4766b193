package dev.steadymail.imap;

import dev.steadymail.imap.ImapEmailId.Place;
import dev.steadymail.imap.command.ListMailboxes.Listing;
import dev.steadymail.imap.command.ListedMailbox;
import dev.steadymail.imap.command.MailboxCounters;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.mail.Mailbox;
import dev.steadymail.mail.MailboxId;
import dev.steadymail.provider.Call;
import dev.steadymail.provider.Change;
import dev.steadymail.provider.ChangePage;
import dev.steadymail.provider.ChangePage.Mode;
import dev.steadymail.provider.ChangeRequest;
import dev.steadymail.provider.SyncCursor;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One run through the mailboxes, a page at a time. It keeps the list and the UIDs still to hand out, so that the pages of a run do
 * not ask again. A page ends with the mailbox whose emails appear in it: while the caller reads them, that mailbox is open already.
 */
final class ChangeRun {
    private static final int MANY_CHANGES = 5_000;

    private final ImapCalls calls;
    private final SizeMemory sizes;
    private final Set<MailboxId> scope;
    private final boolean firstPass;
    private final Map<String, MailboxState> states;
    private final Deque<ListedMailbox> waiting = new ArrayDeque<>();
    private final List<Change> changes = new ArrayList<>();
    private boolean recovered;
    private boolean treeOnly;
    private @Nullable MailException unopened;
    private List<Long> appearing = List.of();
    private int handedOfAppearing;
    private @Nullable MailboxState current;
    private long handed;
    private @Nullable SyncCursor expects;

    private ChangeRun(ImapCalls calls, SizeMemory sizes, ChangeRequest request) {
        ChangeCursor cursor = ChangeCursor.of(request.cursor());
        this.calls = calls;
        this.sizes = sizes;
        this.scope = request.scope();
        this.firstPass = cursor.firstPass();
        this.states = new LinkedHashMap<>(cursor.mailboxes());
    }

    /** Starts a run by listing the mailboxes. */
    static ChangeRun start(ImapCalls calls, SizeMemory sizes, ChangeRequest request, Call call) {
        ChangeRun run = new ChangeRun(calls, sizes, request);
        Listing listing = calls.read("LIST", null, call, MailboxList::fetchWithStatus);
        List<ListedMailbox> listed = listing.mailboxes();
        if (listed.isEmpty()) {
            throw MailException.of(
                    Kind.UNAVAILABLE, "the server listed no mailbox at all, not even INBOX; nothing is taken for gone");
        }
        List<Mailbox> withRoles = MailboxRoles.assign(listed);
        MailboxTree tree = new MailboxTree(calls, request, listing, run.states);
        run.changes.addAll(tree.compare(withRoles, call));
        run.treeOnly = tree.hasRenames();
        listed.stream()
                .filter(ListedMailbox::isSelectable)
                .filter(mailbox -> request.covers(new MailboxId(mailbox.name())))
                .filter(mailbox -> !run.isCurrent(mailbox))
                .forEach(run.waiting::add);
        return run;
    }

    /** Returns whether this run goes on where the request stands. */
    boolean continues(ChangeRequest request) {
        return expects != null && expects.equals(request.cursor()) && scope.equals(request.scope());
    }

    ChangePage next(ChangeRequest request, Call call) {
        int room = request.maxChanges();
        if (!treeOnly) {
            int filled = 0;
            while (filled == 0 && changes.size() < MANY_CHANGES && lookForMore(request, call)) {
                filled = hand(room);
            }
        }
        treeOnly = false;
        MailException failure = unopened;
        if (failure != null && isDone() && changes.isEmpty()) {
            throw failure;
        }
        return page(request);
    }

    /** Returns whether there are UIDs to hand out, or another look was taken. */
    private boolean lookForMore(ChangeRequest request, Call call) {
        if (handedOfAppearing < appearing.size()) {
            return true;
        }
        ListedMailbox mailbox = waiting.poll();
        if (mailbox == null) {
            return false;
        }
        MailboxNews news = look(mailbox, request, call);
        if (news != null) {
            changes.addAll(news.changes());
            recovered |= news.recovered();
            appearing = news.appearing();
            handedOfAppearing = 0;
            current = news.state();
            states.put(mailbox.name(), news.state());
        }
        return true;
    }

    /**
     * A mailbox that went away since it was listed is left for the next run, and so is one that may not be read. One that cannot be
     * opened for no stated reason must not hold up the others: the run fails when they are done.
     */
    private @Nullable MailboxNews look(ListedMailbox mailbox, ChangeRequest request, Call call) {
        KnownUids known = new KnownUids(mailbox.name(), request.known());
        MailboxState before = states.get(mailbox.name());
        try {
            return calls.read(
                    "UID FETCH",
                    mailbox.name(),
                    call,
                    connection -> MailboxLook.look(connection, mailbox.name(), before, known, sizes));
        } catch (MailException failure) {
            boolean unexplained = failure.kind() == Kind.UNAVAILABLE && !failure.isRetryable();
            if (!unexplained && failure.kind() != Kind.NOT_FOUND && failure.kind() != Kind.FORBIDDEN) {
                throw failure;
            }
            unopened = unexplained ? failure : unopened;
            return null;
        }
    }

    private int hand(int room) {
        MailboxState state = current;
        int count = Math.min(room, appearing.size() - handedOfAppearing);
        if (state == null || count == 0) {
            return 0;
        }
        Place place = new Place(state.name(), state.uidValidity());
        for (int i = 0; i < count; i++) {
            changes.add(new Change.Appeared(place.id(appearing.get(handedOfAppearing++))));
        }
        boolean all = handedOfAppearing == appearing.size();
        states.put(state.name(), state.below(all ? 0 : appearing.get(handedOfAppearing - 1)));
        handed += count;
        return count;
    }

    private boolean isDone() {
        return waiting.isEmpty() && handedOfAppearing == appearing.size();
    }

    private ChangePage page(ChangeRequest request) {
        boolean last = isDone() && unopened == null;
        SyncCursor next = new ChangeCursor(firstPass && !last, states).encode();
        Mode mode = recovered ? Mode.RECOVERED : firstPass ? Mode.FULL : Mode.INCREMENTAL;
        ChangePage page = new ChangePage(changes, next, last, mode, expected());
        changes.clear();
        recovered = false;
        // Where the cursor stays as it is, it does not tell whether the caller applied this page.
        expects = last || next.equals(request.cursor()) ? null : next;
        return page;
    }

    /** What was handed out, what is left of the mailbox at hand, and what the others are said to hold. */
    private OptionalLong expected() {
        long expected = handed + appearing.size() - handedOfAppearing;
        for (ListedMailbox mailbox : waiting) {
            MailboxCounters status = mailbox.counters();
            MailboxState state = states.get(mailbox.name());
            if (status == null) {
                return OptionalLong.empty();
            }
            if (state == null) {
                expected += Math.max(0, status.messages());
            } else {
                expected += Math.max(0, status.uidNext() - state.uidNext());
            }
        }
        return OptionalLong.of(expected);
    }

    private boolean isCurrent(ListedMailbox mailbox) {
        MailboxState state = states.get(mailbox.name());
        MailboxCounters status = mailbox.counters();
        return state != null && status != null && state.isCurrent(status);
    }
}
