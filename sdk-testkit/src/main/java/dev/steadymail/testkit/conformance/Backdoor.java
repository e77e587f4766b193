package dev.steadymail.testkit.conformance;

import dev.steadymail.mail.Keyword;
import java.time.Instant;
import java.util.Set;

/**
 * Changes the mail on a server without the code under test. Mailboxes are named from the root down, joined by {@code /};
 * {@code INBOX} is always there. Emails are named by their Message-ID with angle brackets. Used by one thread at a time; every
 * failure is unchecked.
 */
public interface Backdoor extends AutoCloseable {
    /**
     * Puts a message into a mailbox.
     *
     * @param message its exact octets, lines ended by CRLF; its Date field equals {@code receivedAt}
     * @param receivedAt when it arrived, in whole seconds
     */
    void deliver(String mailbox, byte[] message, Set<Keyword> keywords, Instant receivedAt);

    /** Puts an email into a further mailbox; only asked for where MULTIPLE_MAILBOXES is declared. */
    default void addTo(String mailbox, String messageId) {
        throw new UnsupportedOperationException("declare MULTIPLE_MAILBOXES only where addTo works");
    }

    void createMailbox(String name);

    void renameMailbox(String from, String to);

    /** Removes an email for good, wherever it is. */
    void remove(String messageId);

    /** Gives an email exactly these keywords. */
    void setKeywords(String messageId, Set<Keyword> keywords);

    /** Lets go of connections; fails unchecked only. */
    @Override
    void close();
}
