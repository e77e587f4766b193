package dev.steadymail.testkit.memory;

import dev.steadymail.mail.EmailId;
import dev.steadymail.mail.Keyword;
import dev.steadymail.mail.Mailbox;
import dev.steadymail.mail.MailboxId;
import dev.steadymail.mail.Role;
import dev.steadymail.mail.ThreadId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the in-memory server holds. Thread-safe: guarded by this object's lock; what it hands out is immutable. */
final class MailState {
    private final InMemoryOptions options;
    private final MailboxTree mailboxes;
    private final Map<Long, StoredEmail> emails = new TreeMap<>();
    private final Map<Long, StoredEmail> gone = new TreeMap<>();
    private long lastSerial;
    private long changes;
    private int epoch;

    MailState(InMemoryOptions options) {
        this.options = options;
        this.mailboxes = new MailboxTree(options);
    }

    /** Everything at one moment. */
    record Snapshot(
            List<Mailbox> mailboxes, List<StoredEmail> emails, List<StoredEmail> gone, long changes, int epoch) {}

    /** Runs steps that no other client's step may come between. */
    synchronized <T> T atOnce(Supplier<T> steps) {
        return steps.get();
    }

    synchronized Snapshot snapshot() {
        return new Snapshot(mailboxes.list(), List.copyOf(emails.values()), List.copyOf(gone.values()), changes, epoch);
    }

    synchronized void require(MailboxId mailbox) {
        mailboxes.require(mailbox);
    }

    synchronized Optional<StoredEmail> find(EmailId id) {
        return emails.values().stream().filter(email -> email.id().equals(id)).findFirst();
    }

    synchronized void deliver(String mailbox, ParsedMessage message, Set<Keyword> keywords, Instant receivedAt) {
        StoredEmail unused = add(Set.of(mailboxes.id(mailbox)), message, keywords, receivedAt);
    }

    /** Puts a message into mailboxes that are there: into one where they are folders. */
    synchronized StoredEmail add(
            Set<MailboxId> places, ParsedMessage message, Set<Keyword> keywords, Instant receivedAt) {
        places.forEach(mailboxes::require);
        long serial = ++lastSerial;
        ThreadId thread = options.threads() ? thread(message, serial) : null;
        EmailId id = newId(places.iterator().next(), serial);
        return save(new StoredEmail(serial, List.of(id), places, keywords, receivedAt, message, thread, ++changes));
    }

    synchronized void create(String mailbox) {
        mailboxes.create(mailbox);
        changes++;
    }

    synchronized void rename(String from, String to) {
        mailboxes.id(from);
        Map<MailboxId, MailboxId> renamed = mailboxes.rename(from, to);
        changes++;
        for (StoredEmail email : new ArrayList<>(emails.values())) {
            MailboxId old = email.mailboxIds().iterator().next();
            if (renamed.containsKey(old)) {
                relocate(email, renamed.get(old));
            }
        }
    }

    /** Creates a mailbox for a client, who may be refused. */
    synchronized Mailbox createMailbox(List<String> path) {
        changes++;
        return mailboxes.createFree(path);
    }

    /** Renames a mailbox for a client, who may be refused. */
    synchronized Mailbox renameMailbox(MailboxId id, List<String> path) {
        Mailbox old = mailboxes.editable(id);
        String name = mailboxes.freeName(path);
        rename(old.fullName(), name);
        return mailboxes.named(name);
    }

    /** Removes a mailbox for a client, who may be refused: with its emails where they are in no other. */
    synchronized void destroyMailbox(MailboxId id) {
        mailboxes.remove(mailboxes.editable(id));
        changes++;
        for (StoredEmail email : List.copyOf(emails.values())) {
            if (email.mailboxIds().contains(id)) {
                leave(email, id);
            }
        }
    }

    private void leave(StoredEmail email, MailboxId id) {
        MailboxId unlabelled = mailboxes.unlabelled();
        if (unlabelled == null) {
            remove(List.of(email));
            return;
        }
        StoredEmail unused = move(email, id, email.mailboxIds().size() == 1 ? unlabelled : another(email, id));
    }

    private static MailboxId another(StoredEmail email, MailboxId id) {
        return email.mailboxIds().stream()
                .filter(other -> !other.equals(id))
                .findFirst()
                .orElseThrow();
    }

    /** Returns the id of a mailbox that is there. */
    synchronized MailboxId mailbox(String name) {
        return mailboxes.id(name);
    }

    synchronized void renumber(String name) {
        MailboxId folder = mailboxes.id(name);
        for (StoredEmail email : List.copyOf(emails.values())) {
            if (email.mailboxIds().contains(folder)) {
                StoredEmail unused = relocate(email, folder);
            }
        }
    }

    synchronized List<InMemoryEmail> emails() {
        Map<MailboxId, String> names =
                mailboxes.list().stream().collect(Collectors.toMap(Mailbox::id, Mailbox::fullName));
        return emails.values().stream()
                .map(email -> InMemoryEmail.of(email, names))
                .toList();
    }

    /** Returns the mailbox with a role. */
    synchronized MailboxId withRole(Role role) {
        return mailboxes.withRole(role);
    }

    synchronized void addTo(String mailbox, StoredEmail email) {
        Set<MailboxId> places = new HashSet<>(email.mailboxIds());
        places.add(mailboxes.id(mailbox));
        place(email, places);
    }

    synchronized void remove(Collection<StoredEmail> removed) {
        for (StoredEmail email : removed) {
            emails.remove(email.serial());
            gone.put(email.serial(), email.withState(email.mailboxIds(), email.keywords(), ++changes));
        }
    }

    synchronized void mark(StoredEmail email, Set<Keyword> keywords) {
        if (!email.keywords().equals(keywords)) {
            save(email.withState(email.mailboxIds(), keywords, ++changes));
        }
    }

    /** Changes keywords of what is there under these ids. */
    synchronized void mark(Collection<EmailId> ids, Set<Keyword> add, Set<Keyword> remove) {
        for (StoredEmail email : present(ids)) {
            Set<Keyword> keywords = new HashSet<>(email.keywords());
            keywords.removeAll(remove);
            keywords.addAll(add);
            mark(email, keywords);
        }
    }

    synchronized Map<EmailId, EmailId> move(Collection<EmailId> ids, MailboxId from, MailboxId to) {
        mailboxes.require(from);
        mailboxes.require(to);
        Map<EmailId, EmailId> moved = new HashMap<>();
        for (StoredEmail email : present(ids)) {
            if (email.mailboxIds().contains(from)) {
                moved.put(email.id(), move(email, from, to).id());
            }
        }
        return moved;
    }

    synchronized List<StoredEmail> withMessageId(String messageId) {
        return emails.values().stream()
                .filter(email -> email.hasMessageId(messageId))
                .toList();
    }

    synchronized void expireCursors() {
        epoch++;
        gone.clear();
    }

    private List<StoredEmail> present(Collection<EmailId> ids) {
        Set<EmailId> wanted = Set.copyOf(ids);
        return emails.values().stream()
                .filter(email -> wanted.contains(email.id()))
                .toList();
    }

    private StoredEmail move(StoredEmail email, MailboxId from, MailboxId to) {
        if (!options.labels()) {
            return from.equals(to) ? email : relocate(email, to);
        }
        Set<MailboxId> places = new HashSet<>(email.mailboxIds());
        places.remove(from);
        places.add(to);
        return place(email, places);
    }

    private StoredEmail relocate(StoredEmail email, MailboxId to) {
        StoredEmail moved = email.withState(Set.of(to), email.keywords(), ++changes);
        return save(moved.withId(newId(to, ++lastSerial)));
    }

    /** "All mail" holds exactly what bears no label. */
    private StoredEmail place(StoredEmail email, Set<MailboxId> places) {
        MailboxId unlabelled = mailboxes.unlabelled();
        Set<MailboxId> labels = places.stream()
                .filter(place -> places.size() == 1 || !place.equals(unlabelled))
                .collect(Collectors.toSet());
        return save(email.withState(labels, email.keywords(), ++changes));
    }

    private StoredEmail save(StoredEmail email) {
        emails.put(email.serial(), email);
        return email;
    }

    private EmailId newId(MailboxId place, long number) {
        return new EmailId(options.labels() ? "email-" + number : place.value() + "/" + number);
    }

    /** The thread of the email it answers, else its own. */
    private ThreadId thread(ParsedMessage message, long serial) {
        String parent = message.envelope().inReplyTo();
        return emails.values().stream()
                .filter(email -> parent != null && email.hasMessageId(parent))
                .flatMap(email -> Stream.ofNullable(email.threadId()))
                .findFirst()
                .orElseGet(() -> new ThreadId("thread-" + serial));
    }
}
