package dev.steadymail.mail;

/**
 * The provider's id of an email: opaque, compared by value. It may change when the email moves or its mailbox is renamed.
 *
 * @param value the provider's own text, never blank, at most 2,048 characters
 */
public record EmailId(String value) {
    public EmailId {
        Ids.check("EmailId", value);
    }

    /** Shows a digest only: on IMAP the value holds the mailbox's name. */
    @Override
    public String toString() {
        return Ids.digest("EmailId", value);
    }
}
