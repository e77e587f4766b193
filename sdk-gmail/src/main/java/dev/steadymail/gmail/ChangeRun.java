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
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What one run of a sync needs to ask once only. It is lost in a crash, and asked again. Used by one thread at a time. */
final class ChangeRun {
    private static final int MOST_RESTARTS = 3;
    private static final int MOST_CONTINUATIONS = 10;

    private final GmailMethods methods;
    private final FanOut fanOut;
    private Map<MailboxId, Mailbox> mailboxes = Map.of();
    private boolean listed;
    private boolean listedInPage;
    private int restarts;
    private int continuations;
    private @Nullable Recovery recovery;
    private boolean recovered;

    ChangeRun(GmailMethods methods, FanOut fanOut) {
        this.methods = methods;
        this.fanOut = fanOut;
    }

    /** Asks something, and at the same time for the labels where a run does not have them yet: neither waits for the other. */
    <T> T withLabels(Supplier<T> question, Call call) {
        if (listed) {
            return question.get();
        }
        AtomicReference<@Nullable T> answer = new AtomicReference<>();
        AtomicReference<@Nullable Map<MailboxId, Mailbox>> labels = new AtomicReference<>();
        List<Boolean> unused = fanOut.map(
                List.<Runnable>of(() -> answer.set(question.get()), () -> labels.set(labels(call))), part -> {
                    part.run();
                    return true;
                });
        // Here and not in the part, which may still be at work when the other one has failed.
        take(Objects.requireNonNull(labels.get()));
        return Objects.requireNonNull(answer.get());
    }

    void beginPage() {
        listedInPage = false;
    }

    /** The labels of a run's first page may be old by its last one, as when the caller stopped between them. */
    void listForTheLastPage(Call call) {
        if (!listedInPage) {
            listAgain(call);
        }
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

    /** Counts a history that is gone on with because more happened while it was read; some day a run must end. */
    boolean goesOn() {
        continuations++;
        return continuations <= MOST_CONTINUATIONS;
    }

    Recovery recovery(ChangeRequest request, Call call) {
        if (recovery == null) {
            recovered = true;
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

    /** Lets go of a comparison that came to its end: what it led to has expired as well. */
    void compareAnew() {
        recovery = null;
    }

    boolean isRecovering() {
        return recovery != null && !recovery.isDone();
    }

    /** Returns whether this run has compared: history that expires again at once would have it compare for ever. */
    boolean hasRecovered() {
        return recovered;
    }

    /** Whoever goes on with this later may find other labels, and a history that has expired meanwhile. */
    void pause() {
        listed = false;
        recovered = false;
    }

    private void listAgain(Call call) {
        listed = false;
        list(call);
    }

    private void list(Call call) {
        if (!listed) {
            take(labels(call));
        }
    }

    private void take(Map<MailboxId, Mailbox> now) {
        mailboxes = now;
        listed = true;
        listedInPage = true;
    }

    private Map<MailboxId, Mailbox> labels(Call call) {
        Map<MailboxId, Mailbox> now = new HashMap<>();
        Labels.mailboxes(methods.labels(call)).forEach(mailbox -> now.put(mailbox.id(), mailbox));
        return now;
    }
}
