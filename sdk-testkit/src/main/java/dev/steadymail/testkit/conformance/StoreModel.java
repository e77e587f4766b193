package dev.steadymail.testkit.conformance;

import dev.steadymail.mail.Email;
import dev.steadymail.mail.EmailId;
import dev.steadymail.mail.Mailbox;
import dev.steadymail.mail.MailboxId;
import dev.steadymail.provider.Change;
import dev.steadymail.provider.KnownEmail;
import dev.steadymail.provider.SyncCursor;
import dev.steadymail.sync.ParkedEmail;
import dev.steadymail.sync.SyncBatch;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;

/** What a sync store has to be like after some batches, written as plainly as possible. */
final class StoreModel {
    private final Map<EmailId, Email> emails = new HashMap<>();
    private final Map<EmailId, Long> ownIds = new HashMap<>();
    private final Map<MailboxId, Mailbox> mailboxes = new HashMap<>();
    private final Map<EmailId, ParkedEmail> parked = new HashMap<>();
    private StoreView view = view(Optional.empty());
    private long lastOwnId;

    void apply(SyncBatch batch) {
        batch.mailboxesSaved().forEach(mailbox -> mailboxes.put(mailbox.id(), mailbox));
        batch.relocated().forEach(this::relocate);
        batch.created().forEach(this::create);
        batch.updated()
                .forEach(change -> emails.computeIfPresent(
                        change.id(), (id, email) -> email.withState(change.mailboxIds(), change.keywords())));
        batch.destroyed().forEach(this::destroy);
        batch.parked().forEach(email -> parked.put(email.id(), email));
        batch.mailboxesGone().forEach(mailboxes::remove);
        view = view(Optional.of(batch.cursor()));
    }

    /** Returns what a store should show; the own ids tell only which emails are the same as before. */
    StoreView view() {
        return view;
    }

    private void relocate(Change.Relocated change) {
        Email email = emails.remove(change.from());
        Long ownId = ownIds.remove(change.from());
        if (email != null && ownId != null) {
            emails.put(change.to(), email.relocated(change.to(), change.mailboxIds()));
            ownIds.put(change.to(), ownId);
        }
        ParkedEmail waiting = parked.remove(change.from());
        if (waiting != null) {
            parked.put(change.to(), waiting.under(change.to()));
        }
    }

    private void create(Email email) {
        emails.put(email.id(), email);
        ownIds.putIfAbsent(email.id(), ++lastOwnId);
        parked.remove(email.id());
    }

    private void destroy(EmailId id) {
        emails.remove(id);
        ownIds.remove(id);
        parked.remove(id);
    }

    private StoreView view(Optional<SyncCursor> cursor) {
        HashSet<KnownEmail> known = new HashSet<>();
        emails.values().forEach(email -> known.add(KnownEmail.of(email)));
        return new StoreView(
                cursor,
                known,
                new HashSet<>(mailboxes.values()),
                new HashSet<>(parked.values()),
                new HashMap<>(ownIds));
    }
}
