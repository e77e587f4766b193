package dev.steadymail.testkit.imap;

import java.time.Duration;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The mailboxes of one user. One lock guards all of them with their messages: whoever reads or changes anything does it inside {@link #call}
 * or {@link #run}, and sends nothing to a client meanwhile.
 */
final class AccountStore {

    private static final long FIRST_UID_VALIDITY = 1_001;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final SortedMap<String, ServerMailbox> mailboxes = new TreeMap<>();
    private final ObjectIds ids = new ObjectIds(mailboxes.values());
    private final SortedSet<String> subscriptions = new TreeSet<>();
    private long nextUidValidity = FIRST_UID_VALIDITY;
    private long version;

    AccountStore() {
        create(ServerMailbox.INBOX, null);
        create("Archive", SpecialUse.ARCHIVE);
        create("Drafts", SpecialUse.DRAFTS);
        create("Junk", SpecialUse.JUNK);
        create("Sent", SpecialUse.SENT);
        create("Trash", SpecialUse.TRASH);
        subscriptions.addAll(mailboxes.keySet());
    }

    <T> T call(Supplier<T> action) {
        lock.lock();
        try {
            return action.get();
        } finally {
            lock.unlock();
        }
    }

    /** Does something that may change mailboxes and wakes the sessions that wait for changes. */
    void run(Runnable action) {
        lock.lock();
        try {
            action.run();
            version++;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Wakes the sessions that wait for changes, so that they look at their own state again. */
    void wake() {
        lock.lock();
        try {
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Returns the count of changes so far. */
    long version() {
        return call(() -> version);
    }

    /** Waits until there were changes since a version, or the condition holds, or the time is over. */
    void awaitChange(long since, BooleanSupplier over, Duration atMost) throws InterruptedException {
        long nanos = atMost.toNanos();
        lock.lock();
        try {
            while (version == since && !over.getAsBoolean() && nanos > 0) {
                nanos = changed.awaitNanos(nanos);
            }
        } finally {
            lock.unlock();
        }
    }

    SortedMap<String, ServerMailbox> mailboxes() {
        return mailboxes;
    }

    SortedSet<String> subscriptions() {
        return subscriptions;
    }

    @Nullable
    ServerMailbox find(String name) {
        return mailboxes.get(ServerMailbox.canonicalName(name));
    }

    /** Returns the mailbox, or refuses the command with a response code. */
    ServerMailbox require(String name, String responseCode) {
        ServerMailbox mailbox = find(name);
        if (mailbox == null) {
            throw new CommandRefusedException(responseCode, "there is no such mailbox");
        }
        return mailbox;
    }

    ServerMailbox create(String name, @Nullable SpecialUse use) {
        String canonical = ServerMailbox.canonicalName(name);
        requireUsable(canonical);
        if (mailboxes.containsKey(canonical)) {
            throw new CommandRefusedException("ALREADYEXISTS", "the mailbox exists already");
        }
        ServerMailbox mailbox = new ServerMailbox(canonical, nextUidValidity++, ids, use);
        mailboxes.put(canonical, mailbox);
        return mailbox;
    }

    private static void requireUsable(String name) {
        String delimiter = String.valueOf(ServerMailbox.DELIMITER);
        boolean emptyLevel = name.isEmpty() || name.startsWith(delimiter) || name.contains(delimiter + delimiter);
        if (emptyLevel || name.endsWith(delimiter) || name.contains("*") || name.contains("%")) {
            throw new CommandRefusedException("CANNOT", "mailbox names have no empty level and no wildcard");
        }
    }

    void delete(String name) {
        ServerMailbox mailbox = require(name, "NONEXISTENT");
        if (mailbox.name().equals(ServerMailbox.INBOX)) {
            throw new CommandRefusedException("CANNOT", "INBOX cannot be deleted");
        }
        mailboxes.remove(mailbox.name());
        mailbox.markGone();
    }

    /** Renames a mailbox with those below it; INBOX stays and only loses its messages (RFC 3501 section 6.3.5). */
    void rename(String from, String to) {
        ServerMailbox mailbox = find(from);
        List<ServerMailbox> below = below(from);
        if (mailbox == null && below.isEmpty()) {
            throw new CommandRefusedException("NONEXISTENT", "there is no such mailbox");
        }
        if (mailboxes.containsKey(ServerMailbox.canonicalName(to))) {
            throw new CommandRefusedException("ALREADYEXISTS", "the mailbox exists already");
        }
        requireUsable(to);
        if (mailbox != null && mailbox.name().equals(ServerMailbox.INBOX)) {
            create(to, null).takeAllFrom(mailbox);
            return;
        }
        below.forEach(child -> refile(child, to + child.name().substring(from.length())));
        if (mailbox != null) {
            refile(mailbox, to);
        }
    }

    private List<ServerMailbox> below(String name) {
        String prefix = name + ServerMailbox.DELIMITER;
        return mailboxes.values().stream()
                .filter(mailbox -> mailbox.name().startsWith(prefix))
                .toList();
    }

    private void refile(ServerMailbox mailbox, String newName) {
        mailboxes.remove(mailbox.name());
        mailbox.name(newName);
        mailboxes.put(newName, mailbox);
    }

    /** Replaces a mailbox by one with the same messages under a new UIDVALIDITY and new UIDs. */
    ServerMailbox renew(String name) {
        ServerMailbox old = require(name, "NONEXISTENT");
        mailboxes.remove(old.name());
        ServerMailbox renewed = create(old.name(), old.specialUse());
        renewed.takeAllFrom(old);
        old.markGone();
        return renewed;
    }
}
