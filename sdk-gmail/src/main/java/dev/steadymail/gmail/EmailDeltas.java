package dev.steadymail.gmail;

import dev.steadymail.gmail.json.HistoryRecord;
import dev.steadymail.gmail.json.MessageLabels;
import dev.steadymail.mail.EmailId;
import dev.steadymail.mail.Keyword;
import dev.steadymail.mail.MailboxId;
import dev.steadymail.provider.Change;
import dev.steadymail.provider.KnownEmail;
import dev.steadymail.provider.KnownEmails;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Merges what history says about each email, in order, so that a relabelled email costs no request and one that came and went
 * costs nothing. Labels are applied to the state that is known; replaying the same records again ends in the same state.
 */
final class EmailDeltas {
    private final Map<EmailId, Delta> deltas = new LinkedHashMap<>();
    private final Set<String> gone = new HashSet<>();
    private final Set<String> mentioned = new HashSet<>();

    boolean isEmpty() {
        return deltas.isEmpty();
    }

    /** Takes labels that are gone off every email that is known to bear them; Gmail's history does not always say so. */
    void drop(Collection<Change> changes, KnownEmails known) {
        for (Change change : changes) {
            if (change instanceof Change.MailboxGone mailbox) {
                gone.add(mailbox.id().value());
                known.in(mailbox.id()).forEach(email -> delta(email.id()));
            }
        }
    }

    /** Forgets labels that were made and removed since the last sync: nothing else would ever take them off an email. */
    void dropAllBut(Set<MailboxId> existing) {
        mentioned.stream()
                .filter(label -> Labels.isMailbox(label) && !existing.contains(new MailboxId(label)))
                .forEach(gone::add);
    }

    void add(List<HistoryRecord> records) {
        for (HistoryRecord item : records) {
            Set<EmailId> typed = new HashSet<>();
            for (MessageLabels added : item.added()) {
                with(added, typed, Delta::appear);
                mention(added.labelIds());
            }
            for (MessageLabels added : item.labelsAdded()) {
                with(added, typed, delta -> delta.label(added.labelIds(), true));
                mention(added.labelIds());
            }
            for (MessageLabels removed : item.labelsRemoved()) {
                with(removed, typed, delta -> delta.label(removed.labelIds(), false));
            }
            for (MessageLabels deleted : item.deleted()) {
                with(deleted, typed, Delta::delete);
            }
            for (String message : item.messages()) {
                unclear(new EmailId(message), typed);
            }
        }
    }

    /** Returns the mailboxes that emails came into. */
    Set<MailboxId> mentioned() {
        return Labels.mailboxIds(mentioned);
    }

    Resolved resolve(KnownEmails known, Scope scope) {
        Resolved resolved = new Resolved(new ArrayList<>(), new ArrayList<>());
        deltas.forEach((id, delta) -> {
            if (delta.deleted) {
                resolved.changes().add(new Change.Vanished(id));
            } else {
                resolve(id, delta, known.find(id), scope, resolved);
            }
        });
        return resolved;
    }

    private void resolve(EmailId id, Delta delta, Optional<KnownEmail> known, Scope scope, Resolved resolved) {
        if (known.isEmpty()) {
            if (scope.isAll()) {
                resolved.changes().add(new Change.Appeared(id));
            } else {
                resolved.toLookAt().add(id);
            }
        } else if (delta.unclear) {
            resolved.toLookAt().add(id);
        } else {
            Set<String> labels = delta.applied(known.get());
            labels.removeAll(gone);
            change(known.get(), labels, scope).ifPresent(resolved.changes()::add);
        }
    }

    /** Returns what it means that a known email bears exactly these labels. */
    static Optional<Change> change(KnownEmail known, Collection<String> labels, Scope scope) {
        return change(known, Labels.mailboxIds(labels), Labels.keywords(labels), scope);
    }

    static Optional<Change> change(KnownEmail known, Set<MailboxId> mailboxes, Set<Keyword> keywords, Scope scope) {
        if (!scope.covers(mailboxes)) {
            return Optional.of(new Change.Vanished(known.id()));
        }
        return known.mailboxIds().equals(mailboxes) && known.keywords().equals(keywords)
                ? Optional.empty()
                : Optional.of(new Change.Updated(known.id(), mailboxes, keywords));
    }

    /** The typed lists of a record can be absent while it names the message (seen in the field): then it must be read. */
    private void unclear(EmailId id, Set<EmailId> typed) {
        if (!typed.contains(id)) {
            delta(id).unclear = true;
        }
    }

    private void mention(List<String> labels) {
        labels.stream().filter(label -> !label.isBlank()).forEach(mentioned::add);
    }

    private void with(MessageLabels message, Set<EmailId> typed, Consumer<Delta> change) {
        EmailId id = new EmailId(message.id());
        typed.add(id);
        change.accept(delta(id));
    }

    private Delta delta(EmailId id) {
        return deltas.computeIfAbsent(id, unknown -> new Delta());
    }

    /**
     * What the records mean.
     *
     * @param changes certain by themselves
     * @param toLookAt emails whose state has to be asked for
     */
    record Resolved(List<Change> changes, List<EmailId> toLookAt) {}

    /** All that was said about one email: for each label the last word. */
    private static final class Delta {
        private final Map<String, Boolean> labels = new HashMap<>();
        private boolean deleted;
        private boolean unclear;

        /** What comes back under its old id need not bear its old labels. */
        void appear() {
            unclear |= deleted;
            deleted = false;
        }

        void delete() {
            deleted = true;
        }

        void label(List<String> ids, boolean on) {
            ids.forEach(id -> labels.put(id, on));
        }

        Set<String> applied(KnownEmail known) {
            Set<String> result = Labels.labelIds(known.mailboxIds(), known.keywords());
            labels.forEach((label, on) -> {
                if (on) {
                    result.add(label);
                } else {
                    result.remove(label);
                }
            });
            return result;
        }
    }
}
