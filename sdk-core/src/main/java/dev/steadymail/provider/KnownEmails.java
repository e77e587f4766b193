package dev.steadymail.provider;

import dev.steadymail.mail.EmailId;
import dev.steadymail.mail.Mailbox;
import dev.steadymail.mail.MailboxId;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What the caller of a sync has stored, as of its cursor: how a provider tells new from changed from gone. */
public interface KnownEmails {
    Optional<KnownEmail> find(EmailId id);

    /** Returns those of the ids that are known. A store where one question is cheaper than many answers it as one. */
    default Set<EmailId> present(Collection<EmailId> ids) {
        return ids.stream().filter(id -> find(id).isPresent()).collect(Collectors.toUnmodifiableSet());
    }

    /** Returns the known emails of a mailbox, in no particular order; empty for an unknown mailbox. */
    Collection<KnownEmail> in(MailboxId mailbox);

    /** Returns all known emails, in no particular order. */
    Collection<KnownEmail> all();

    /**
     * Returns the ids of emails that exist but could not be read yet; {@link #find} and {@link #in} do not know them. Where their
     * ids change, they are relocated like known ones.
     */
    Collection<EmailId> unread();

    /** Returns the known mailboxes, in no particular order. */
    Collection<Mailbox> mailboxes();
}
