package dev.steadymail.benchmarks.cache;

import dev.steadymail.mail.Email;
import dev.steadymail.mail.EmailId;
import dev.steadymail.mail.FetchLevel;
import dev.steadymail.mail.Mailbox;
import dev.steadymail.mail.MailboxId;
import dev.steadymail.provider.KnownEmail;
import dev.steadymail.provider.KnownEmails;
import dev.steadymail.provider.SyncCursor;
import dev.steadymail.sync.ParkedEmail;
import dev.steadymail.sync.SyncBatch;
import dev.steadymail.sync.SyncStore;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The store of somebody who synced just before the day began: it knows the emails that were there, and keeps what is not as at first. Not
 * thread-safe.
 */
final class SyncedState implements SyncStore, KnownEmails {
    private final GeneratedMailbox atFirst;
    private final Map<EmailId, KnownEmail> later = new HashMap<>();
    private SyncCursor cursor = new SyncCursor("0");

    /** @param account whose emails */
    SyncedState(int account) {
        this.atFirst = new GeneratedMailbox(account);
    }

    @Override
    public Optional<SyncCursor> cursor() {
        return Optional.of(cursor);
    }

    @Override
    public KnownEmails known() {
        return this;
    }

    @Override
    public void apply(SyncBatch batch) {
        for (Email email : batch.created()) {
            later.put(email.id(), KnownEmail.of(email));
        }
        batch.updated()
                .forEach(change -> find(change.id())
                        .ifPresent(known -> later.put(
                                known.id(),
                                new KnownEmail(
                                        known.id(),
                                        change.mailboxIds(),
                                        change.keywords(),
                                        known.receivedAt(),
                                        known.size(),
                                        known.fingerprint()))));
        cursor = batch.cursor();
    }

    @Override
    public List<ParkedEmail> parked() {
        return List.of();
    }

    @Override
    public Optional<KnownEmail> find(EmailId id) {
        KnownEmail changed = later.get(id);
        int number = GeneratedMailbox.number(id);
        if (changed != null || number >= GeneratedMailbox.AT_FIRST) {
            return Optional.ofNullable(changed);
        }
        return Optional.of(KnownEmail.of(atFirst.email(number, FetchLevel.STATE)));
    }

    @Override
    public Collection<KnownEmail> in(MailboxId mailbox) {
        throw new UnsupportedOperationException("no history of this day is lost");
    }

    @Override
    public Collection<KnownEmail> all() {
        throw new UnsupportedOperationException("no history of this day is lost");
    }

    @Override
    public Collection<EmailId> unread() {
        return List.of();
    }

    @Override
    public Collection<Mailbox> mailboxes() {
        return GeneratedMailbox.mailboxes();
    }
}
