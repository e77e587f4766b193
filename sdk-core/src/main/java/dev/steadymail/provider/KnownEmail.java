package dev.steadymail.provider;

import dev.steadymail.mail.EmailId;
import dev.steadymail.mail.Keyword;
import dev.steadymail.mail.MailboxId;
import java.time.Instant;
import java.util.Set;

/**
 * The state in which an email is known.
 *
 * @param id the provider's id
 * @param mailboxIds where it was
 * @param keywords its marks
 * @param receivedAt when it arrived
 * @param size octets of the raw message, as the store counts them
 */
public record KnownEmail(EmailId id, Set<MailboxId> mailboxIds, Set<Keyword> keywords, Instant receivedAt, long size) {
    public KnownEmail {
        mailboxIds = Set.copyOf(mailboxIds);
        keywords = Set.copyOf(keywords);
    }
}
