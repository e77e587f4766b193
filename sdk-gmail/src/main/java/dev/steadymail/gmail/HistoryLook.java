package dev.steadymail.gmail;

import dev.steadymail.gmail.json.HistoryPage;
import dev.steadymail.gmail.json.HistoryRecord;
import dev.steadymail.gmail.json.MessageLabels;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.mail.MailboxId;
import dev.steadymail.provider.Call;
import java.math.BigInteger;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Tells from history whether something happened in the mailboxes that are watched. Immutable. */
final class HistoryLook {
    /** So many pages of history are a change for sure, and nobody needs to know of all. */
    private static final int MOST_PAGES = 10;

    private final GmailMethods methods;
    private final Set<MailboxId> watched;

    HistoryLook(GmailMethods methods, Set<MailboxId> watched) {
        this.methods = methods;
        this.watched = watched;
    }

    /**
     * What a look found.
     *
     * @param historyId where the next look begins
     * @param mailboxes watched ones in which something happened
     * @param anywhere whether something happened of which it is not told where, such as a mark or a removal
     */
    record Found(BigInteger historyId, Set<MailboxId> mailboxes, boolean anywhere) {
        boolean isChange() {
            return anywhere || !mailboxes.isEmpty();
        }
    }

    /** Notes where history stands; what came before may have been anything. */
    Found begin(Call call) {
        return new Found(FullListing.historyId(methods.profile(call)), watched, false);
    }

    /** Looks at what happened since; where that is no longer known, it may have been anything. */
    Found since(BigInteger start, Call call) {
        Set<MailboxId> mailboxes = new HashSet<>();
        boolean anywhere = false;
        BigInteger until = start;
        String token = null;
        for (int pages = 0; pages < MOST_PAGES; pages++) {
            HistoryPage page;
            try {
                page = methods.history(start, token, GmailMethods.MAX_PAGE, call);
            } catch (MailException failure) {
                if (failure.kind() != Kind.NOT_FOUND) {
                    throw failure;
                }
                Found now = begin(call);
                return new Found(now.historyId(), Set.of(), true);
            }
            until = page.historyId() == null ? until : until.max(page.historyId());
            for (HistoryRecord item : page.records()) {
                anywhere |= note(item, mailboxes);
            }
            token = page.nextPageToken();
            if (token == null) {
                return new Found(until, mailboxes, anywhere);
            }
        }
        return new Found(until, mailboxes, true);
    }

    /** Returns whether a record does not tell where it happened. */
    private boolean note(HistoryRecord item, Set<MailboxId> mailboxes) {
        boolean added = note(item.labelsAdded(), mailboxes);
        boolean removed = note(item.labelsRemoved(), mailboxes);
        boolean deleted = note(item.deleted(), mailboxes);
        var unused = note(item.added(), mailboxes);
        return added || removed || deleted || isUntold(item);
    }

    /** Some records name messages only and not what became of them. */
    private static boolean isUntold(HistoryRecord item) {
        return !item.messages().isEmpty()
                && item.added().isEmpty()
                && item.deleted().isEmpty()
                && item.labelsAdded().isEmpty()
                && item.labelsRemoved().isEmpty();
    }

    /** Returns whether there are changes that name no mailbox at all. */
    private boolean note(List<MessageLabels> changes, Set<MailboxId> mailboxes) {
        boolean nowhere = false;
        for (MessageLabels change : changes) {
            boolean named = false;
            for (String label : change.labelIds()) {
                named |= !label.isBlank() && Labels.isMailbox(label);
                if (!label.isBlank() && watched.contains(new MailboxId(label))) {
                    mailboxes.add(new MailboxId(label));
                }
            }
            if (watched.contains(Labels.ALL_MAIL)) {
                mailboxes.add(Labels.ALL_MAIL);
            }
            nowhere |= !named;
        }
        return nowhere;
    }
}
