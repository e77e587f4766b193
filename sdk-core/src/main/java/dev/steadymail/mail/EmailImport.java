package dev.steadymail.mail;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where and how a message is added to an account without being sent (RFC 8621 section 4.8).
 *
 * @param mailboxIds the mailboxes it will be in, at least one; more than one only with capability MULTIPLE_MAILBOXES
 * @param keywords the marks it will bear; without {@code $seen} it is new
 * @param receivedAt when it arrived, kept to the second, or null for the time of the import. Gmail knows only two times, the
 *     message's own Date field and now: a time given here makes it take the Date field, and where that is more than a day away, the
 *     import is UNSUPPORTED
 */
public record EmailImport(
        Set<MailboxId> mailboxIds,
        Set<Keyword> keywords,
        @Nullable Instant receivedAt) {
    public EmailImport {
        mailboxIds = Set.copyOf(mailboxIds);
        keywords = Set.copyOf(keywords);
        if (mailboxIds.isEmpty()) {
            throw new IllegalArgumentException("an imported email needs at least one mailbox");
        }
    }

    /** Imports into one mailbox, without keywords, as of now. */
    public static EmailImport into(MailboxId mailbox) {
        return new EmailImport(Set.of(mailbox), Set.of(), null);
    }

    /** Returns the same import with these keywords. */
    public EmailImport with(Set<Keyword> keywords) {
        return new EmailImport(mailboxIds, keywords, receivedAt);
    }

    /** Returns the same import with a time of arrival. */
    public EmailImport receivedAt(Instant receivedAt) {
        return new EmailImport(mailboxIds, keywords, receivedAt);
    }
}
