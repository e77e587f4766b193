package dev.steadymail.provider;

import dev.steadymail.mail.EmailId;
import dev.steadymail.mail.Keyword;
import dev.steadymail.mail.Mailbox;
import dev.steadymail.mail.MailboxId;
import java.util.Set;

/** One thing that is different at the provider. Applying the same change twice is harmless. */
public sealed interface Change {
    /** A mailbox is there, new or with other facts. */
    record MailboxSaved(Mailbox mailbox) implements Change {}

    /** A mailbox is gone; its emails, where they are gone too, have changes of their own. */
    record MailboxGone(MailboxId id) implements Change {}

    /** An email is there that the caller does not know; it is still to be read, and may be gone by then. */
    record Appeared(EmailId id) implements Change {}

    /** A known email has these mailboxes and keywords now. */
    record Updated(EmailId id, Set<MailboxId> mailboxIds, Set<Keyword> keywords) implements Change {
        public Updated {
            mailboxIds = Set.copyOf(mailboxIds);
            keywords = Set.copyOf(keywords);
        }
    }

    /** A known or unread email has another id and other mailboxes now, and the same content. */
    record Relocated(EmailId from, EmailId to, Set<MailboxId> mailboxIds) implements Change {
        public Relocated {
            mailboxIds = Set.copyOf(mailboxIds);
        }
    }

    /** A known email is gone. */
    record Vanished(EmailId id) implements Change {}
}
