package dev.steadymail.mail;

/** Something that not every provider or server can do. Asking for it elsewhere fails with kind UNSUPPORTED. */
public enum Capability {
    /** An email can be in several mailboxes at once. */
    MULTIPLE_MAILBOXES,
    /** The provider groups emails into threads. */
    THREADS,
    /** Marks other than the standard ones can be set. */
    CUSTOM_KEYWORDS,
    /** Moving keeps every other fact of an email and happens at once, not as copy and delete. */
    ATOMIC_MOVE,
    /** An email can be removed for good without removing others. */
    DESTROY,
    /** Queries can be written in the provider's own language. */
    RAW_QUERY,
    /** Changes of state are answered without reading every email. */
    CHANGES_BY_CURSOR,
    /** Mailboxes can be created, renamed and removed. */
    MAILBOX_EDITING,
    /** Messages can be added without being sent. */
    IMPORT,
    /** Messages can be sent. */
    SEND,
    /** Drafts can be kept and replaced; sending one needs SEND, too. */
    DRAFTS,
    /** The provider knows whom the account may send as. */
    IDENTITIES,
    /** The provider answers by itself while the owner is away. */
    VACATION;

    /** Returns the failure of asking for it where it is not there. */
    public MailException missing() {
        return MailException.of(
                MailException.Kind.UNSUPPORTED,
                "this account's provider lacks " + this + "; ask capabilities() before relying on it");
    }
}
