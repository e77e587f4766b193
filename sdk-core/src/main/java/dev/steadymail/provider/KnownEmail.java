package dev.steadymail.provider;

import dev.steadymail.mail.Email;
import dev.steadymail.mail.EmailId;
import dev.steadymail.mail.Fingerprint;
import dev.steadymail.mail.Keyword;
import dev.steadymail.mail.MailboxId;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The state in which an email is known.
 *
 * @param id the provider's id
 * @param mailboxIds where it was
 * @param keywords its marks
 * @param receivedAt when it arrived
 * @param size octets of the raw message, as the store counts them
 * @param fingerprint what it is known by when its id changes, or null where nothing was told
 */
public record KnownEmail(
        EmailId id,
        Set<MailboxId> mailboxIds,
        Set<Keyword> keywords,
        Instant receivedAt,
        long size,
        @Nullable Fingerprint fingerprint) {
    public KnownEmail {
        mailboxIds = Set.copyOf(mailboxIds);
        keywords = Set.copyOf(keywords);
    }

    /** Returns how an email is known that is stored like this. */
    public static KnownEmail of(Email email) {
        return new KnownEmail(
                email.id(),
                email.mailboxIds(),
                email.keywords(),
                email.receivedAt(),
                email.size(),
                email.fingerprint());
    }
}
