package dev.steadymail.testkit.sync;

import dev.steadymail.mail.Keyword;
import dev.steadymail.provider.MailAccount;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * One mailbox at a server, for one seed: the provider that is to follow it, what other clients do to it, what goes wrong with it, and the
 * truth about it. Each act of {@link #acts} has a method here, and is only asked for where it is named there. Lists come in an order that
 * is the same in each run of a seed.
 */
public interface SimulatedMailbox extends AutoCloseable {
    /** Returns the account under test; opened anew for each process that is simulated. */
    MailAccount account();

    /** Returns what can happen here. */
    Set<MailboxAct> acts();

    /** Returns what the server holds. */
    List<SimulatedEmail> emails();

    /** Returns the full names of all mailboxes that the provider is to tell, in a fixed order. */
    List<String> mailboxes();

    /** Returns those of {@link #mailboxes} that emails may be put into and taken from. */
    default List<String> places() {
        return mailboxes();
    }

    /** Returns those of {@link #mailboxes} that may be renamed and removed. */
    List<String> ownMailboxes();

    /** Returns the keywords that can be set here. */
    Set<Keyword> keywords();

    /**
     * Puts a message into a mailbox.
     *
     * @param message its octets, no two messages of a seed being equal
     * @param receivedAt in whole seconds
     */
    void deliver(String mailbox, byte[] message, Set<Keyword> keywords, Instant receivedAt);

    /** Gives an email exactly these keywords. */
    void mark(SimulatedEmail email, Set<Keyword> keywords);

    /** Takes an email out of a mailbox and puts it into another one. */
    void move(SimulatedEmail email, String from, String to);

    /** Puts an email into a further mailbox. */
    default void copy(SimulatedEmail email, String to) {
        throw new UnsupportedOperationException("name COPY only where it works");
    }

    /** Removes an email for good. */
    void delete(SimulatedEmail email);

    void createMailbox(String name);

    void renameMailbox(String from, String to);

    void removeMailbox(String name);

    default void renumber(String mailbox) {
        throw new UnsupportedOperationException("name RENUMBER only where it works");
    }

    default void expireHistory() {
        throw new UnsupportedOperationException("name EXPIRE_HISTORY only where it works");
    }

    default void resetModSeq(String mailbox) {
        throw new UnsupportedOperationException("name RESET_MOD_SEQ only where it works");
    }

    default void makeUnreadable(SimulatedEmail email) {
        throw new UnsupportedOperationException("name MAKE_UNREADABLE only where it works");
    }

    /** Lets the content of all emails be read again. */
    default void makeReadable() {}

    /** Plans one fault of server or connection, that ends by itself, for one of the coming requests. None may need time to pass. */
    void trouble(RandomGenerator choices);

    /** Forgets all faults that are still to come. */
    void calm();

    /**
     * Does something before each request of the account under test from now on, while it waits for the answer. Requests whose moment is
     * up to threads, such as a farewell, do not count.
     */
    void beforeRequest(Runnable hook);

    /**
     * Returns how many emails are read by one call; 1 where the provider would read several at the same time, so that it were up to
     * threads which one comes first.
     */
    default int readTogether() {
        return Integer.MAX_VALUE;
    }

    /** Ends the server; fails unchecked only. */
    @Override
    void close();
}
