package dev.steadymail.mail;

/**
 * The provider's id of a mailbox: opaque, compared by value. On IMAP a rename changes it.
 *
 * @param value the provider's own text, never blank, at most 2,048 characters
 */
public record MailboxId(String value) {
    public MailboxId {
        Ids.check("MailboxId", value);
    }

    /** Shows a digest only: on IMAP the value holds the mailbox's name. */
    @Override
    public String toString() {
        return Ids.digest("MailboxId", value);
    }
}
