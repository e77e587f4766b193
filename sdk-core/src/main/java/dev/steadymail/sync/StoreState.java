package dev.steadymail.sync;

import dev.steadymail.mail.Email;
import dev.steadymail.mail.EmailId;
import dev.steadymail.mail.Mailbox;
import dev.steadymail.mail.MailboxId;
import dev.steadymail.provider.Change.Relocated;
import dev.steadymail.provider.Change.Updated;
import dev.steadymail.provider.KnownEmail;
import dev.steadymail.provider.KnownEmails;
import dev.steadymail.provider.SyncCursor;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a store holds, in memory. Applying the same batches in the same order gives the same state, ids included, which is what
 * lets a journal of batches stand for it. Not thread-safe.
 */
final class StoreState implements KnownEmails {
    private final Map<EmailId, StoredEmail> emails = new LinkedHashMap<>();
    private final Map<MailboxId, Set<EmailId>> byMailbox = new LinkedHashMap<>();
    private final Map<MailboxId, Mailbox> mailboxes = new LinkedHashMap<>();
    private final Map<EmailId, ParkedEmail> parked = new LinkedHashMap<>();
    private final Map<EmailId, Email> staged = new LinkedHashMap<>();
    private @Nullable SyncCursor cursor;
    private long lastNumber;

    void apply(SyncBatch batch) {
        batch.mailboxesSaved().forEach(this::save);
        batch.relocated().forEach(this::relocate);
        batch.created().forEach(this::create);
        batch.updated().forEach(this::update);
        batch.destroyed().forEach(this::destroy);
        batch.parked().forEach(email -> parked.put(email.id(), email));
        batch.mailboxesGone().forEach(mailboxes::remove);
        staged.clear();
        cursor = batch.cursor();
    }

    void stage(Email email) {
        staged.put(email.id(), email);
    }

    void save(Mailbox mailbox) {
        mailboxes.put(mailbox.id(), mailbox);
    }

    void park(ParkedEmail email) {
        parked.put(email.id(), email);
    }

    /** Takes an email as it stands in a snapshot; its number is used up even where the snapshot's end is lost. */
    void restore(StoredEmail stored) {
        put(stored);
        lastNumber = Math.max(lastNumber, Long.parseLong(stored.id().substring(1)));
    }

    void restore(long lastNumber, @Nullable SyncCursor cursor) {
        this.lastNumber = Math.max(this.lastNumber, lastNumber);
        this.cursor = cursor;
    }

    private void create(Email email) {
        StoredEmail before = emails.get(email.id());
        parked.remove(email.id());
        remove(email.id());
        put(new StoredEmail(before == null ? nextId() : before.id(), email));
    }

    private void update(Updated change) {
        StoredEmail stored = remove(change.id());
        if (stored != null) {
            put(new StoredEmail(stored.id(), stored.email().withState(change.mailboxIds(), change.keywords())));
        }
    }

    private void relocate(Relocated change) {
        ParkedEmail waiting = parked.remove(change.from());
        if (waiting != null) {
            parked.put(change.to(), waiting.under(change.to()));
        }
        StoredEmail stored = remove(change.from());
        if (stored != null) {
            remove(change.to());
            put(new StoredEmail(stored.id(), stored.email().relocated(change.to(), change.mailboxIds())));
        }
    }

    private void destroy(EmailId id) {
        parked.remove(id);
        remove(id);
    }

    private void put(StoredEmail stored) {
        Email email = stored.email();
        emails.put(email.id(), stored);
        email.mailboxIds()
                .forEach(mailbox -> byMailbox
                        .computeIfAbsent(mailbox, key -> new LinkedHashSet<>())
                        .add(email.id()));
    }

    private @Nullable StoredEmail remove(EmailId id) {
        StoredEmail stored = emails.remove(id);
        if (stored != null) {
            stored.email().mailboxIds().forEach(mailbox -> leave(mailbox, id));
        }
        return stored;
    }

    private void leave(MailboxId mailbox, EmailId id) {
        byMailbox.computeIfPresent(mailbox, (key, ids) -> ids.remove(id) && ids.isEmpty() ? null : ids);
    }

    private String nextId() {
        lastNumber++;
        return String.format(Locale.ROOT, "e%010d", lastNumber);
    }

    Optional<SyncCursor> cursor() {
        return Optional.ofNullable(cursor);
    }

    long lastNumber() {
        return lastNumber;
    }

    Collection<StoredEmail> emails() {
        return emails.values();
    }

    List<ParkedEmail> parked() {
        return List.copyOf(parked.values());
    }

    Optional<Email> staged(EmailId id) {
        return Optional.ofNullable(staged.get(id));
    }

    Collection<Email> allStaged() {
        return staged.values();
    }

    @Override
    public Optional<KnownEmail> find(EmailId id) {
        return Optional.ofNullable(emails.get(id)).map(StoreState::known);
    }

    @Override
    public Collection<KnownEmail> in(MailboxId mailbox) {
        return byMailbox.getOrDefault(mailbox, Set.of()).stream()
                .flatMap(id -> find(id).stream())
                .toList();
    }

    @Override
    public Collection<KnownEmail> all() {
        return emails.values().stream().map(StoreState::known).toList();
    }

    @Override
    public Collection<EmailId> unread() {
        return List.copyOf(parked.keySet());
    }

    @Override
    public Collection<Mailbox> mailboxes() {
        return List.copyOf(mailboxes.values());
    }

    private static KnownEmail known(StoredEmail stored) {
        return KnownEmail.of(stored.email());
    }
}
