package dev.steadymail.send;

import dev.steadymail.mail.RawContent;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Where the outbox of one account keeps its messages. What a method did is there after a crash once the method has returned, as far as
 * the store keeps anything beyond its process. Every method fails with {@link dev.steadymail.mail.MailException} of kind STORAGE, and
 * then nothing was changed, or it cannot be known whether it was. Thread-safe.
 *
 * <p>{@code dev.steadymail.testkit.conformance.OutboxStoreConformance} tests an implementation.
 */
public interface OutboxStore {
    /**
     * Adds a message and its content, at once or not at all.
     *
     * @param entry of version 1
     * @return the entry that has this key already, with which nothing was done; empty where the message was added
     */
    Optional<OutboxEntry> add(OutboxEntry entry, RawContent content);

    /** Returns the entry of a key. */
    Optional<OutboxEntry> find(String key);

    /**
     * Returns the octets of a message, to be opened once or more until its state is final and it is {@linkplain OutboxEntry#isSettled
     * settled}, since a copy of what was sent may still be kept; a store may drop them then.
     *
     * @throws dev.steadymail.mail.MailException STORAGE where they are not there
     */
    RawContent content(OutboxEntry entry);

    /**
     * Puts another entry in the place of the one of its key, if that has the version before it. This is what keeps two from sending
     * the same message: of two who try, one is answered false.
     *
     * @param next of version n + 1
     * @return whether the entry that was there had version n
     */
    boolean replace(OutboxEntry next);

    /**
     * Returns entries of some states whose {@link OutboxEntry#dueAt} is not after an instant, the earliest first, {@code most} at most.
     */
    List<OutboxEntry> due(Set<OutboxState> states, Instant until, int most);

    /** Returns when the next entry of some states is due; empty where none will be. */
    Optional<Instant> nextDue(Set<OutboxState> states);

    /**
     * Returns when the message left that was the {@code nth} last to leave, by {@link OutboxEntry#leftAt}; empty where fewer have.
     *
     * @param nth from 1, which is the last one
     */
    Optional<Instant> left(int nth);

    /** Returns all entries, the newest first, {@code most} at most. */
    List<OutboxEntry> list(int most);

    /** Returns how many entries are not settled. */
    int waiting();

    /**
     * Returns whether no one else can be using this store now, so that whoever was sending what is in it has ended; false where that
     * is not known, and then a message that was being sent is taken over when its time is up.
     */
    default boolean isExclusive() {
        return false;
    }

    /**
     * Forgets entries that were settled before an instant ({@link OutboxEntry#changedAt}); their keys may be used anew.
     *
     * @return how many were forgotten
     */
    int forget(Instant settledBefore);
}
