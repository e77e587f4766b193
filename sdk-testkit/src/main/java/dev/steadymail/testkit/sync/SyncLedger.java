package dev.steadymail.testkit.sync;

import dev.steadymail.mail.Email;
import dev.steadymail.mail.EmailId;
import dev.steadymail.mail.Keyword;
import dev.steadymail.mail.Mailbox;
import dev.steadymail.mail.MailboxId;
import dev.steadymail.provider.Change;
import dev.steadymail.provider.KnownEmail;
import dev.steadymail.provider.SyncCursor;
import dev.steadymail.sync.ParkedEmail;
import dev.steadymail.sync.SyncBatch;
import dev.steadymail.sync.SyncStore;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a store must hold after the batches that were applied to it, written as plainly as possible, and with the content of each email,
 * which a store need not keep. Belongs to one thread.
 */
final class SyncLedger {
    private final Map<EmailId, Held> emails;
    private final Map<MailboxId, Mailbox> mailboxes;
    private final Set<EmailId> parked;
    private @Nullable SyncCursor cursor;

    SyncLedger() {
        this(new HashMap<>(), new HashMap<>(), new HashSet<>(), null);
    }

    private SyncLedger(
            Map<EmailId, Held> emails,
            Map<MailboxId, Mailbox> mailboxes,
            Set<EmailId> parked,
            @Nullable SyncCursor cursor) {
        this.emails = emails;
        this.mailboxes = mailboxes;
        this.parked = parked;
        this.cursor = cursor;
    }

    /** Returns this after a batch; this one stays as it is. */
    SyncLedger after(SyncBatch batch, Map<EmailId, String> contents) {
        SyncLedger next =
                new SyncLedger(new HashMap<>(emails), new HashMap<>(mailboxes), new HashSet<>(parked), batch.cursor());
        batch.mailboxesSaved().forEach(mailbox -> next.mailboxes.put(mailbox.id(), mailbox));
        batch.relocated().forEach(next::relocate);
        batch.created().forEach(email -> next.create(email, contents.getOrDefault(email.id(), "never read")));
        batch.updated().forEach(next::update);
        batch.destroyed().forEach(next::destroy);
        batch.parked().stream().map(ParkedEmail::id).forEach(next.parked::add);
        batch.mailboxesGone().forEach(next.mailboxes::remove);
        return next;
    }

    boolean holds(EmailId id, @Nullable String content) {
        Held held = emails.get(id);
        return held != null && held.content.equals(content);
    }

    Set<EmailId> ids() {
        return emails.keySet();
    }

    String content(EmailId id) {
        Held held = emails.get(id);
        return held == null ? "nothing" : held.content;
    }

    @Nullable
    Object ownId(EmailId id) {
        Held held = emails.get(id);
        return held == null ? null : held.ownId;
    }

    void ownId(EmailId id, Object ownId) {
        emails.computeIfPresent(id, (key, held) -> new Held(held.content, held.mailboxIds, held.keywords, ownId));
    }

    /** Returns how a store differs from this; empty where it does not. */
    String difference(SyncStore store) {
        if (!store.cursor().equals(Optional.ofNullable(cursor))) {
            return "the cursor is another one";
        }
        Map<String, String> shown = new TreeMap<>();
        for (KnownEmail email : store.known().all()) {
            shown.put(email.id().value(), state(email.mailboxIds(), email.keywords()));
        }
        Map<String, String> expected = new TreeMap<>();
        emails.forEach((id, held) -> expected.put(id.value(), state(held.mailboxIds, held.keywords)));
        if (!shown.equals(expected)) {
            return "it shows emails " + shown + ", not " + expected;
        }
        if (!Set.copyOf(store.known().mailboxes()).equals(Set.copyOf(mailboxes.values()))) {
            return "it shows mailboxes " + store.known().mailboxes() + ", not " + mailboxes.values();
        }
        Set<EmailId> waiting = new HashSet<>();
        store.parked().forEach(email -> waiting.add(email.id()));
        return waiting.equals(parked) ? "" : "it shows parked " + waiting + ", not " + parked;
    }

    private static String state(Set<MailboxId> mailboxIds, Set<Keyword> keywords) {
        Set<String> names = new HashSet<>();
        mailboxIds.forEach(id -> names.add(id.value()));
        return SimulatedEmail.line("", names, keywords);
    }

    private void relocate(Change.Relocated change) {
        if (parked.remove(change.from())) {
            parked.add(change.to());
        }
        Held held = emails.remove(change.from());
        if (held != null) {
            emails.put(change.to(), new Held(held.content, change.mailboxIds(), held.keywords, held.ownId));
        }
    }

    private void create(Email email, String content) {
        parked.remove(email.id());
        Held before = emails.get(email.id());
        Object ownId = before == null ? null : before.ownId;
        emails.put(email.id(), new Held(content, email.mailboxIds(), email.keywords(), ownId));
    }

    private void update(Change.Updated change) {
        emails.computeIfPresent(
                change.id(), (id, held) -> new Held(held.content, change.mailboxIds(), change.keywords(), held.ownId));
    }

    private void destroy(EmailId id) {
        parked.remove(id);
        emails.remove(id);
    }

    /**
     * One email.
     *
     * @param ownId what the store calls it, null where that was not seen yet
     */
    private record Held(
            String content,
            Set<MailboxId> mailboxIds,
            Set<Keyword> keywords,
            @Nullable Object ownId) {}
}
