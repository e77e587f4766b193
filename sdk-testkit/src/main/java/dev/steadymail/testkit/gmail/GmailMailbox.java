package dev.steadymail.testkit.gmail;

import com.google.gson.JsonObject;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Direct access to one user's mail, past HTTP and faults: for filling a mailbox, for playing the other client that
 * changes it, and for looking at what arrived. Every change writes history as a call through the API would.
 *
 * <p>Labels are given by id: {@code INBOX} and the like, or what {@link #createLabel} returned. Methods throw {@link
 * IllegalArgumentException} for an id or label that does not exist. This class is threadsafe.
 */
public final class GmailMailbox {
    private final Object lock;
    private final Watches watches;
    private final Mailbox mailbox;

    GmailMailbox(Mailboxes mailboxes, Mailbox mailbox) {
        this.lock = mailboxes.lock();
        this.watches = mailboxes.watches();
        this.mailbox = mailbox;
    }

    /** Stores a message received now and returns its id. */
    public String add(byte[] raw, String... labelIds) {
        return add(raw, mailbox.clock().instant(), labelIds);
    }

    /** Stores a message received at {@code internalDate} and returns its id. The bytes are kept exactly. */
    public String add(byte[] raw, Instant internalDate, String... labelIds) {
        synchronized (lock) {
            return mailbox.add(raw, List.of(labelIds), internalDate, null).id();
        }
    }

    /** Adds and removes labels of one message. */
    public void modify(String messageId, Collection<String> add, Collection<String> remove) {
        synchronized (lock) {
            mailbox.modify(messageId, add, remove);
        }
    }

    /** Removes a message for good. */
    public void delete(String messageId) {
        synchronized (lock) {
            mailbox.delete(messageId);
        }
    }

    /** Creates a user label and returns its id; levels of the name are separated by {@code /}. */
    public String createLabel(String name) {
        synchronized (lock) {
            return mailbox.labels().create(name, new JsonObject()).id();
        }
    }

    /** Gives a user label a new name; its id and its messages stay. */
    public void renameLabel(String labelId, String newName) {
        synchronized (lock) {
            LabelTable.Label label = mailbox.labels().get(labelId);
            mailbox.labels().change(labelId, newName, label.settings());
        }
    }

    /** Deletes a user label and takes it off every message. */
    public void deleteLabel(String labelId) {
        synchronized (lock) {
            mailbox.deleteLabel(labelId);
        }
    }

    /** Returns the labels, system labels first. */
    public List<GmailLabel> labels() {
        synchronized (lock) {
            return mailbox.labels().all().stream()
                    .map(LabelTable.Label::snapshot)
                    .toList();
        }
    }

    /** Returns all messages including spam and trash, newest first. */
    public List<GmailMessage> messages() {
        synchronized (lock) {
            return mailbox.newestFirst().stream().map(StoredMessage::snapshot).toList();
        }
    }

    /** Returns one message. */
    public GmailMessage message(String messageId) {
        synchronized (lock) {
            return mailbox.get(messageId).snapshot();
        }
    }

    /** Returns the id of the newest change, to be read as unsigned. */
    public long historyId() {
        synchronized (lock) {
            return mailbox.history().current();
        }
    }

    /** Forgets changes up to {@code historyId}: a history request that starts before it gets 404 from now on. */
    public void expireHistoryBefore(long historyId) {
        synchronized (lock) {
            mailbox.history().expireBefore(historyId);
        }
    }

    /** Returns when the watch of this mailbox ends; empty if there is none, or none any more. */
    public Optional<Instant> watchExpiration() {
        synchronized (lock) {
            return Optional.ofNullable(watches.active(mailbox)).map(Watches.Watch::expiration);
        }
    }

    /** Adds an address to send as, beside the user's own. */
    public void addSendAs(String address, String displayName) {
        synchronized (lock) {
            mailbox.settings().addSendAs(address, displayName);
        }
    }

    /** Adds an address to which filters may forward, if it is {@code accepted}. */
    public void addForwardingAddress(String address, boolean accepted) {
        synchronized (lock) {
            mailbox.settings().addForwarding(address, accepted);
        }
    }
}
