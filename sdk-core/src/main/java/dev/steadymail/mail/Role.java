package dev.steadymail.mail;

/**
 * What a mailbox is for, whatever it is called (RFC 8621 section 2, RFC 6154). At most one mailbox of an account has each role.
 */
public enum Role {
    INBOX,
    ARCHIVE,
    DRAFTS,
    SENT,
    TRASH,
    JUNK,
    /** Every email of the account except spam and trash, or, where mailboxes are labels, the emails that bear none. */
    ALL,
    FLAGGED,
    IMPORTANT
}
