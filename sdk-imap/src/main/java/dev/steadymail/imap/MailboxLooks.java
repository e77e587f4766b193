package dev.steadymail.imap;

import dev.steadymail.imap.ImapEmailId.Place;
import dev.steadymail.imap.MailboxNews.Lost;
import dev.steadymail.imap.codec.UidSet;
import dev.steadymail.imap.command.ListedMailbox;
import dev.steadymail.imap.command.MailboxCounters;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.mail.MailboxId;
import dev.steadymail.provider.Call;
import dev.steadymail.provider.Change;
import dev.steadymail.provider.ChangeRequest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Looks at mailboxes, some together, and finds what left one of them where it went: an email that was moved is the same email. Not
 * thread-safe.
 */
final class MailboxLooks {
    /** How many mailboxes are looked at before something of them is told. */
    static final int MOST = 100;

    /** What came into a mailbox is asked what it is as long as it is no flood. */
    private static final int MOST_ARRIVALS = 20_000;

    private final ImapCalls calls;
    private final SizeMemory sizes;
    private final Map<String, MailboxState> states;
    private final List<Change> moves = new ArrayList<>();
    private @Nullable MailException unopened;

    /** @param states where the mailboxes stand, by name; read only */
    MailboxLooks(ImapCalls calls, SizeMemory sizes, Map<String, MailboxState> states) {
        this.calls = calls;
        this.sizes = sizes;
        this.states = states;
    }

    /** Returns why a mailbox could not be opened, where nothing explains it; the others are not held up. */
    @Nullable
    MailException unopened() {
        return unopened;
    }

    /** Returns the moves that were found since this was asked last. */
    List<Change> moves() {
        List<Change> found = List.copyOf(moves);
        moves.clear();
        return found;
    }

    /** Looks at one mailbox of a first run. */
    List<MailboxNews> first(ListedMailbox mailbox, ChangeRequest request, Call call) {
        MailboxNews news = look(mailbox.name(), request, call);
        return news == null ? List.of() : List.of(news);
    }

    /** Looks at mailboxes, and again at those that changed meanwhile where something is missing still. */
    Collection<MailboxNews> together(List<ListedMailbox> mailboxes, ChangeRequest request, Call call) {
        Map<String, MailboxNews> news = new LinkedHashMap<>();
        for (ListedMailbox mailbox : mailboxes) {
            put(mailbox.name(), news, request, call);
        }
        if (hasLost(news.values())) {
            findMoved(news.values(), call);
        }
        if (hasLost(news.values())) {
            lookAgain(news, request, call);
        }
        return news.values();
    }

    private void put(String mailbox, Map<String, MailboxNews> news, ChangeRequest request, Call call) {
        MailboxNews found = look(mailbox, request, call);
        if (found != null) {
            news.put(mailbox, found);
        }
    }

    /**
     * A mailbox that went away since it was listed is left for the next run, and so is one that may not be read. One that cannot be
     * opened for no stated reason must not hold up the others: the run fails when they are done.
     */
    private @Nullable MailboxNews look(String mailbox, ChangeRequest request, Call call) {
        KnownUids known = new KnownUids(mailbox, request.known());
        MailboxState before = states.get(mailbox);
        try {
            return calls.read(
                    "UID FETCH",
                    mailbox,
                    call,
                    connection -> MailboxLook.look(connection, mailbox, before, known, sizes));
        } catch (MailException failure) {
            boolean unexplained = failure.kind() == Kind.UNAVAILABLE && !failure.isRetryable();
            if (!unexplained && failure.kind() != Kind.NOT_FOUND && failure.kind() != Kind.FORBIDDEN) {
                throw failure;
            }
            unopened = unexplained ? failure : unopened;
            return null;
        }
    }

    private static boolean hasLost(Collection<MailboxNews> news) {
        return news.stream()
                .flatMap(each -> each.lost().stream())
                .anyMatch(lost -> !lost.emails().isEmpty());
    }

    /**
     * What left a mailbox after the one was looked at where it went is there by now. All moves are then found anew: the second look at a
     * mailbox does not know of those that the first had found there, whose keywords may have changed since.
     */
    private void lookAgain(Map<String, MailboxNews> news, ChangeRequest request, Call call) {
        boolean found = false;
        for (ListedMailbox mailbox : listed(request, call)) {
            MailboxNews before = news.get(mailbox.name());
            if (mayHaveMore(mailbox, before)) {
                MailboxNews fresh = look(mailbox.name(), request, call);
                if (fresh != null) {
                    news.put(mailbox.name(), fresh);
                    found = true;
                }
            }
        }
        if (found) {
            news.values().forEach(MailboxNews::forgetMoves);
            moves.clear();
            findMoved(news.values(), call);
        }
    }

    /** A mailbox that is alone has nowhere to look. */
    private List<ListedMailbox> listed(ChangeRequest request, Call call) {
        if (request.scope().size() == 1) {
            return List.of();
        }
        return calls.read("LIST", null, call, MailboxList::fetchWithStatusBesides).mailboxes().stream()
                .filter(mailbox -> mailbox.isSelectable() && request.covers(new MailboxId(mailbox.name())))
                .toList();
    }

    /** One that was made since has no state, and is left for the next run; what is lost already must not be lost again. */
    private boolean mayHaveMore(ListedMailbox mailbox, @Nullable MailboxNews before) {
        MailboxCounters now = mailbox.counters();
        MailboxState state = before == null ? states.get(mailbox.name()) : before.state();
        return now != null
                && state != null
                && now.uidValidity() == state.uidValidity()
                && now.uidNext() > state.uidNext()
                && (before == null || !hasLost(List.of(before)));
    }

    private void findMoved(Collection<MailboxNews> news, Call call) {
        for (MailboxNews arrivals : news) {
            UidSet uids = arrivals.appearing();
            List<MailboxNews> others =
                    news.stream().filter(each -> each != arrivals).toList();
            if (!uids.isEmpty() && uids.size() <= MOST_ARRIVALS && hasLost(others)) {
                findAmong(arrivals, others, call);
            }
        }
    }

    private void findAmong(MailboxNews arrivals, Collection<MailboxNews> news, Call call) {
        boolean byMessageId = news.stream()
                .flatMap(each -> each.lost().stream())
                .anyMatch(lost -> lost.emails().hasMessageIds());
        EmailTable told = told(arrivals, byMessageId, call);
        for (MailboxNews left : news) {
            for (Lost lost : left.lost()) {
                FoundAgain found = FoundAgain.among(lost.place(), lost.emails(), arrivals.place(), told);
                for (int row = 0; row < lost.emails().rows(); row++) {
                    found.tell(row, moves::add);
                }
                left.foundElsewhere(lost, found.lost());
                told = found.others();
                appearingWithout(arrivals, found.toldUids());
            }
        }
    }

    private static void appearingWithout(MailboxNews news, UidSet known) {
        news.appearingOnly(UidSet.of(
                news.appearing().ascending().filter(uid -> !known.contains(uid)).toArray()));
    }

    private EmailTable told(MailboxNews arrivals, boolean byMessageId, Call call) {
        Place place = arrivals.place();
        UidSet uids = arrivals.appearing();
        return calls.read("UID FETCH", place.mailbox(), call, connection -> {
            EmailTable.Builder told = new EmailTable.Builder();
            if (connection.examine(place.mailbox()).uidValidity() == place.uidValidity()) {
                TolerantFetch unused = new TolerantFetch(connection)
                        .run(uids, FetchItems.identity(connection, byMessageId), response -> {
                            if (uids.contains(response.uid())) {
                                FetchItems.addTo(told, response);
                            }
                        });
            }
            return told.build();
        });
    }
}
