package dev.steadymail.testkit.memory;

import dev.steadymail.mail.Email;
import dev.steadymail.mail.EmailId;
import dev.steadymail.mail.Mailbox;
import dev.steadymail.mail.MailboxId;
import dev.steadymail.provider.Change;
import dev.steadymail.provider.KnownEmail;
import dev.steadymail.provider.KnownEmails;
import dev.steadymail.provider.SyncCursor;
import dev.steadymail.sync.ParkedEmail;
import dev.steadymail.sync.SyncBatch;
import dev.steadymail.sync.SyncStore;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A sync store that forgets when the process ends. Every email gets an own id at first sight, which moves and renames do not
 * change. Used by one thread at a time.
 */
public final class InMemorySyncStore implements SyncStore {
    private final Map<MailboxId, Mailbox> mailboxes = new LinkedHashMap<>();
    private final Map<EmailId, Entry> emails = new LinkedHashMap<>();
    private final Map<EmailId, ParkedEmail> parked = new LinkedHashMap<>();
    private final KnownEmails known = new View();
    private @Nullable SyncCursor cursor;
    private long lastOwnId;

    /** Starts empty. */
    public InMemorySyncStore() {}

    @Override
    public Optional<SyncCursor> cursor() {
        return Optional.ofNullable(cursor);
    }

    @Override
    public KnownEmails known() {
        return known;
    }

    @Override
    public void apply(SyncBatch batch) {
        batch.mailboxesSaved().forEach(mailbox -> mailboxes.put(mailbox.id(), mailbox));
        batch.relocated().forEach(this::relocate);
        batch.created().forEach(this::create);
        batch.updated().forEach(this::update);
        batch.destroyed().forEach(this::destroy);
        batch.parked().forEach(email -> parked.put(email.id(), email));
        batch.mailboxesGone().forEach(mailboxes::remove);
        cursor = batch.cursor();
    }

    @Override
    public List<ParkedEmail> parked() {
        return List.copyOf(parked.values());
    }

    /** Returns the emails as they were loaded, with the mailboxes and keywords they have now; in order of first sight. */
    public List<Email> emails() {
        return emails.values().stream().map(Entry::email).toList();
    }

    /** Returns this store's own id of an email. */
    public Optional<Long> ownId(EmailId id) {
        return Optional.ofNullable(emails.get(id)).map(Entry::ownId);
    }

    /** Returns the own ids of all emails. */
    public Set<Long> ownIds() {
        return emails.values().stream().map(Entry::ownId).collect(Collectors.toUnmodifiableSet());
    }

    private void relocate(Change.Relocated change) {
        Entry entry = emails.remove(change.from());
        if (entry != null) {
            emails.put(change.to(), entry.with(entry.email.relocated(change.to(), change.mailboxIds())));
        }
        if (parked.containsKey(change.from())) {
            ParkedEmail waiting = parked.remove(change.from());
            parked.put(change.to(), waiting.under(change.to()));
        }
    }

    private void create(Email email) {
        parked.remove(email.id());
        emails.compute(email.id(), (id, old) -> old == null ? new Entry(++lastOwnId, email) : old.with(email));
    }

    private void update(Change.Updated change) {
        emails.computeIfPresent(
                change.id(), (id, old) -> old.with(old.email.withState(change.mailboxIds(), change.keywords())));
    }

    private void destroy(EmailId id) {
        emails.remove(id);
        parked.remove(id);
    }

    private record Entry(long ownId, Email email) {
        Entry with(Email changed) {
            return new Entry(ownId, changed);
        }

        KnownEmail known() {
            return KnownEmail.of(email);
        }
    }

    private final class View implements KnownEmails {
        @Override
        public Optional<KnownEmail> find(EmailId id) {
            return Optional.ofNullable(emails.get(id)).map(Entry::known);
        }

        @Override
        public Collection<KnownEmail> in(MailboxId mailbox) {
            return all().stream()
                    .filter(email -> email.mailboxIds().contains(mailbox))
                    .toList();
        }

        @Override
        public Collection<KnownEmail> all() {
            return emails.values().stream().map(Entry::known).toList();
        }

        @Override
        public Collection<EmailId> unread() {
            return List.copyOf(parked.keySet());
        }

        @Override
        public Collection<Mailbox> mailboxes() {
            return List.copyOf(mailboxes.values());
        }
    }
}
