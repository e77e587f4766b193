package dev.steadymail.gmail;

import dev.steadymail.mail.MailException;
import dev.steadymail.mail.Mailbox;
import dev.steadymail.mail.MailboxId;
import dev.steadymail.provider.Call;
import dev.steadymail.provider.Change;
import dev.steadymail.provider.ChangeRequest;
import dev.steadymail.provider.KnownEmails;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What one run of a sync needs to ask once only. It is lost in a crash, and asked again. Used by one thread at a time. */
final class ChangeRun {
    private static final int MOST_RESTARTS = 3;

    private final GmailMethods methods;
    private Map<MailboxId, Mailbox> mailboxes = Map.of();
    private boolean listed;
    private int restarts;
    private @Nullable Recovery recovery;

    ChangeRun(GmailMethods methods) {
        this.methods = methods;
    }

    Set<MailboxId> mailboxIds(Call call) {
        list(call);
        return mailboxes.keySet();
    }

    /** Returns how the mailboxes differ from those known, at the first page and after a label turned up that was not listed. */
    List<Change> mailboxChanges(KnownEmails known, Call call) {
        list(call);
        Map<MailboxId, Mailbox> gone = new HashMap<>();
        known.mailboxes().forEach(mailbox -> gone.put(mailbox.id(), mailbox));
        List<Change> changes = new ArrayList<>();
        mailboxes.forEach((id, mailbox) -> {
            if (!mailbox.equals(gone.remove(id))) {
                changes.add(new Change.MailboxSaved(mailbox));
            }
        });
        gone.keySet().forEach(id -> changes.add(new Change.MailboxGone(id)));
        return changes;
    }

    /** Lists again where a label bears no name yet: it was made while this run was on its way. */
    void refreshFor(Set<MailboxId> mentioned, Call call) {
        if (!mailboxIds(call).containsAll(mentioned)) {
            listAgain(call);
        }
    }

    /** Tells whether a label is no longer there. */
    boolean lacks(String label, Call call) {
        listAgain(call);
        return Labels.isMailbox(label) && !mailboxes.containsKey(new MailboxId(label));
    }

    /** Counts a list begun again after its page token was refused; a server that takes none of its tokens has no end. */
    void beginAgain(MailException refusal) {
        restarts++;
        if (restarts > MOST_RESTARTS) {
            restarts = 0;
            throw refusal;
        }
    }

    Recovery recovery(ChangeRequest request, Call call) {
        if (recovery == null) {
            BigInteger historyId = FullListing.historyId(methods.profile(call));
            listAgain(call);
            Set<String> labels = new HashSet<>();
            mailboxes.keySet().stream()
                    .filter(id -> !id.equals(Labels.ALL_MAIL))
                    .forEach(id -> labels.add(id.value()));
            recovery = Recovery.from(methods, historyId, labels, new Scope(request.scope()));
        }
        return recovery;
    }

    boolean isRecovering() {
        return recovery != null && !recovery.isDone();
    }

    boolean hasRecovered() {
        return recovery != null;
    }

    private void listAgain(Call call) {
        listed = false;
        list(call);
    }

    private void list(Call call) {
        if (!listed) {
            Map<MailboxId, Mailbox> now = new HashMap<>();
            Labels.mailboxes(methods.labels(call)).forEach(mailbox -> now.put(mailbox.id(), mailbox));
            mailboxes = now;
            listed = true;
        }
    }
}
