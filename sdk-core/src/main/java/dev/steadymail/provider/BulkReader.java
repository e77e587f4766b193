package dev.steadymail.provider;

import dev.steadymail.mail.EmailId;
import java.util.List;

/**
 * Reads many raw messages by ids that another provider of the same mailbox gives them. A provider that can has one, to be had by
 * {@link MailProvider#unwrap}. Thread-safe.
 */
public interface BulkReader {
    /**
     * Reads raw messages with few requests, in any order, as {@link MailProvider#raw(List, RawVisitor, Call)} does; those that are
     * not found here are left out, which does not mean that they are gone.
     *
     * @param ids as the other provider gives them; the visitor is told the same. What else the visitor is told of an email's state
     *     is what this provider sees: mailboxes, keywords and thread are not those of the other one
     * @throws dev.steadymail.mail.MailException UNSUPPORTED where the server does not tell such ids
     */
    void read(List<EmailId> ids, RawVisitor visitor, Call call);

    /** Forgets where messages are; it is found again when it is needed. */
    void forget();
}
