package dev.steadymail.imap;

import dev.steadymail.imap.ImapEmailId.Place;
import dev.steadymail.imap.command.ListMailboxes.Listing;
import dev.steadymail.imap.command.ListedMailbox;
import dev.steadymail.mail.EmailId;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.mail.Mailbox;
import dev.steadymail.mail.MailboxId;
import dev.steadymail.provider.Call;
import dev.steadymail.provider.Change;
import dev.steadymail.provider.ChangeRequest;
import dev.steadymail.provider.KnownEmail;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Compares the list of mailboxes with what is known: which are new, other than before, gone, or renamed. */
final class MailboxTree {
    private final ImapCalls calls;
    private final ChangeRequest request;
    private final Map<String, ListedMailbox> listed = new LinkedHashMap<>();
    private final Map<String, MailboxState> states;
    private final List<Change> changes = new ArrayList<>();
    private final boolean complete;
    private boolean renamed;

    /**
     * Prepares the comparison.
     *
     * @param states by name; follows renames and forgets what is gone
     */
    MailboxTree(ImapCalls calls, ChangeRequest request, Listing listing, Map<String, MailboxState> states) {
        this.calls = calls;
        this.request = request;
        this.states = states;
        this.complete = listing.unreadable() == 0;
        listing.mailboxes().stream()
                .filter(mailbox -> request.covers(new MailboxId(mailbox.name())))
                .forEach(mailbox -> this.listed.put(mailbox.name(), mailbox));
    }

    /** Returns the changes to mailboxes, with those of emails that must come with them. */
    List<Change> compare(List<Mailbox> withRoles, Call call) {
        Map<MailboxId, Mailbox> known = new LinkedHashMap<>();
        request.known().mailboxes().forEach(mailbox -> known.put(mailbox.id(), mailbox));
        withRoles.stream()
                .filter(mailbox -> listed.containsKey(mailbox.id().value()))
                .filter(mailbox -> !mailbox.equals(known.get(mailbox.id())))
                .forEach(mailbox -> changes.add(new Change.MailboxSaved(mailbox)));
        for (String name : gone(known.keySet())) {
            leave(name, call);
            changes.add(new Change.MailboxGone(new MailboxId(name)));
        }
        for (String name : closed(known.keySet())) {
            leave(name, call);
        }
        return changes;
    }

    /** Returns whether a rename was found; then its changes must be applied before the mailbox is looked at. */
    boolean hasRenames() {
        return renamed;
    }

    /** A mailbox whose line in the listing could not be read is not gone. */
    private Set<String> gone(Set<MailboxId> known) {
        if (!complete) {
            return Set.of();
        }
        Set<String> gone = new LinkedHashSet<>(states.keySet());
        known.forEach(id -> gone.add(id.value()));
        gone.removeIf(name -> listed.containsKey(name) || !request.covers(new MailboxId(name)));
        return gone;
    }

    /** Where a mailbox with others below it is deleted, its name may stay (RFC 3501 section 6.3.4); its emails are gone. */
    private Set<String> closed(Set<MailboxId> known) {
        Set<String> closed = new LinkedHashSet<>();
        for (ListedMailbox mailbox : listed.values()) {
            boolean had = states.containsKey(mailbox.name()) || known.contains(new MailboxId(mailbox.name()));
            if (had && !mailbox.isSelectable()) {
                closed.add(mailbox.name());
            }
        }
        return closed;
    }

    private void leave(String name, Call call) {
        MailboxId id = new MailboxId(name);
        List<KnownEmail> emails = List.copyOf(request.known().in(id));
        MailboxState state = states.remove(name);
        Optional<ListedMailbox> heir =
                state == null || emails.isEmpty() ? Optional.empty() : heir(state, new KnownUids(emails), call);
        if (heir.isPresent() && state != null) {
            rename(state, heir.get(), emails);
        } else {
            emails.forEach(email -> changes.add(new Change.Vanished(email.id())));
        }
    }

    private Optional<ListedMailbox> heir(MailboxState gone, KnownUids known, Call call) {
        return listed.values().stream()
                .filter(fresh -> !states.containsKey(fresh.name()) && RenameCheck.isPossible(gone, fresh))
                .filter(fresh -> !known.under(gone.uidValidity()).isEmpty())
                .filter(fresh -> isSame(fresh, known.under(gone.uidValidity()), call))
                .findFirst();
    }

    /** A candidate that cannot be opened, or is gone already, is none. */
    private boolean isSame(ListedMailbox fresh, EmailTable known, Call call) {
        try {
            return calls.read(
                    "UID FETCH", fresh.name(), call, connection -> RenameCheck.holds(connection, fresh, known));
        } catch (MailException failure) {
            if (failure.kind() == Kind.NOT_FOUND || failure.kind() == Kind.FORBIDDEN) {
                return false;
            }
            throw failure;
        }
    }

    private void rename(MailboxState gone, ListedMailbox heir, List<KnownEmail> emails) {
        renamed = true;
        states.put(heir.name(), gone.renamed(heir.name()));
        Place place = new Place(heir.name(), gone.uidValidity());
        for (KnownEmail email : emails) {
            ImapEmailId id = ImapEmailId.parse(email.id());
            if (id != null && id.uidValidity() == gone.uidValidity()) {
                changes.add(new Change.Relocated(email.id(), place.id(id.uid()), Set.of(new MailboxId(heir.name()))));
            } else {
                changes.add(new Change.Vanished(email.id()));
            }
        }
        renameUnread(gone, place);
    }

    /** Emails that could not be read yet have to be found under their new ids, too. */
    private void renameUnread(MailboxState gone, Place place) {
        for (EmailId unread : request.known().unread()) {
            ImapEmailId id = ImapEmailId.parse(unread);
            if (id != null
                    && id.uidValidity() == gone.uidValidity()
                    && id.mailbox().equals(gone.name())) {
                changes.add(new Change.Relocated(unread, place.id(id.uid()), Set.of(new MailboxId(place.mailbox()))));
            }
        }
    }
}
