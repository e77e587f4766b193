package dev.steadymail.imap;

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
import dev.steadymail.provider.ChangePage.Gap;
import dev.steadymail.provider.ChangePage.Mode;
import dev.steadymail.provider.ChangeRequest;
import dev.steadymail.provider.SyncCursor;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One run through the mailboxes, a page at a time. It keeps the list and what is still to tell, so that the pages of a run do not ask
 * again. Looks are taken some mailboxes at a time, so that what left one is found where it went; a first run takes them one by one, as
 * nothing can have moved yet, and its pages end with the mailbox whose emails appear in it: while the caller reads them, that mailbox is
 * open already.
 */
final class ChangeRun {
    private static final int MANY_CHANGES = 5_000;

    private final ImapCalls calls;
    private final Set<MailboxId> scope;
    private final boolean firstPass;
    private final Map<String, MailboxState> states;
    private final MailboxLooks looks;
    private final Deque<ListedMailbox> waiting = new ArrayDeque<>();
    private final Deque<MailboxNews> toTell = new ArrayDeque<>();
    private final List<Change> changes = new ArrayList<>();
    private final Set<Gap> gaps = new LinkedHashSet<>();
    private boolean treeOnly;
    private long handed;
    private @Nullable SyncCursor expects;

    private ChangeRun(ImapCalls calls, SizeMemory sizes, ChangeRequest request) {
        ChangeCursor cursor = ChangeCursor.of(request.cursor());
        this.calls = calls;
        this.scope = request.scope();
        this.firstPass = cursor.firstPass();
        this.states = new LinkedHashMap<>(cursor.mailboxes());
        this.looks = new MailboxLooks(calls, sizes, states);
    }

    /** Starts a run by listing the mailboxes. */
    static ChangeRun start(ImapCalls calls, SizeMemory sizes, ChangeRequest request, Call call) {
        ChangeRun run = new ChangeRun(calls, sizes, request);
        run.list(request, call);
        return run;
    }

    private void list(ChangeRequest request, Call call) {
        Listing listing = calls.read("LIST", null, call, MailboxList::fetchWithStatus);
        List<ListedMailbox> listed = listing.mailboxes();
        if (listed.isEmpty()) {
            throw MailException.of(
                    Kind.UNAVAILABLE, "the server listed no mailbox at all, not even INBOX; nothing is taken for gone");
        }
        List<Mailbox> withRoles = MailboxRoles.assign(listed);
        MailboxTree tree = new MailboxTree(calls, request, listing, states);
        changes.addAll(tree.compare(withRoles, call));
        treeOnly = tree.hasRenames();
        listed.stream()
                .filter(ListedMailbox::isSelectable)
                .filter(mailbox -> request.covers(new MailboxId(mailbox.name())))
                .filter(mailbox -> !isCurrent(mailbox))
                .sorted(Comparator.comparing(mailbox -> !isInbox(mailbox)))
                .forEach(waiting::add);
    }

    /** What is in the INBOX is what a user looks for first (RFC 3501 section 5.1: its name has no case). */
    private static boolean isInbox(ListedMailbox mailbox) {
        return mailbox.name().equalsIgnoreCase("INBOX");
    }

    /** Returns whether this run goes on where the request stands. */
    boolean continues(ChangeRequest request) {
        return expects != null && expects.equals(request.cursor()) && scope.equals(request.scope());
    }

    ChangePage next(ChangeRequest request, Call call) {
        if (!treeOnly) {
            fill(request, call);
        }
        treeOnly = false;
        MailException failure = looks.unopened();
        if (failure != null && isDone() && changes.isEmpty()) {
            throw failure;
        }
        return page(request);
    }

    /** Fills a page: with what belongs to a gap, or with what does not. */
    private void fill(ChangeRequest request, Call call) {
        int filled = 0;
        while (filled == 0 && changes.size() < MANY_CHANGES && lookForMore(request, call)) {
            MailboxNews news = toTell.element();
            boolean recovers = news.gap() != null;
            if ((!changes.isEmpty() || !gaps.isEmpty()) && recovers == gaps.isEmpty()) {
                return;
            }
            if (news.gap() != null) {
                gaps.add(news.gap());
            }
            filled = tell(news, request.maxChanges());
        }
    }

    /**
     * Returns whether there is something to tell. Mailboxes are looked at with what the caller knows, so what was found of others is told
     * before: a second look may have found something in a mailbox whose turn is to come.
     */
    private boolean lookForMore(ChangeRequest request, Call call) {
        while (toTell.isEmpty() && !waiting.isEmpty() && (firstPass || changes.isEmpty())) {
            int group = firstPass ? 1 : MailboxLooks.MOST;
            List<ListedMailbox> next = new ArrayList<>();
            while (next.size() < group && !waiting.isEmpty()) {
                next.add(waiting.remove());
            }
            toTell.addAll(firstPass ? looks.first(next.get(0), request, call) : looks.together(next, request, call));
            changes.addAll(looks.moves());
        }
        return !toTell.isEmpty();
    }

    /** Tells some of what a look found; the mailbox stands where it stood until all changes to known emails were told. */
    private int tell(MailboxNews news, int room) {
        news.tell(MANY_CHANGES - changes.size(), changes);
        if (!news.isTold()) {
            return 0;
        }
        int count = news.hand(room, changes);
        states.put(news.state().name(), news.stateSoFar());
        handed += count;
        if (news.leftToHand() == 0) {
            toTell.remove();
        }
        return count;
    }

    private boolean isDone() {
        return waiting.isEmpty() && toTell.isEmpty();
    }

    private ChangePage page(ChangeRequest request) {
        boolean last = isDone() && looks.unopened() == null;
        SyncCursor next = next(request, last);
        Mode mode = !gaps.isEmpty() ? Mode.RECOVERED : firstPass ? Mode.FULL : Mode.INCREMENTAL;
        ChangePage page = new ChangePage(changes, next, last, mode, expected(), gaps);
        changes.clear();
        gaps.clear();
        expects = last ? null : next;
        return page;
    }

    /** Where no mailbox came further yet, the cursor has another step, which tells that the caller applied this page. */
    private SyncCursor next(ChangeRequest request, boolean last) {
        ChangeCursor here = new ChangeCursor(firstPass && !last, states, 0);
        ChangeCursor before = ChangeCursor.of(request.cursor());
        boolean stays = !last && here.equals(before.atStep(0));
        return here.atStep(stays ? before.step() + 1 : 0).encode();
    }

    /** What was handed out, what is left of the mailboxes looked at, and what the others are said to hold. */
    private OptionalLong expected() {
        long expected =
                handed + toTell.stream().mapToLong(MailboxNews::leftToHand).sum();
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
