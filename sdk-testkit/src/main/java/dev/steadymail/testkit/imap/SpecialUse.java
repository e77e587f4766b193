package dev.steadymail.testkit.imap;

/** What a mailbox is for, as LIST tells it (RFC 6154 section 2). */
public enum SpecialUse {
    /** All messages. */
    ALL("\\All"),
    /** Archived messages. */
    ARCHIVE("\\Archive"),
    /** Drafts. */
    DRAFTS("\\Drafts"),
    /** Messages marked important. */
    FLAGGED("\\Flagged"),
    /** Messages held to be junk. */
    JUNK("\\Junk"),
    /** Copies of sent messages. */
    SENT("\\Sent"),
    /** Messages to be deleted. */
    TRASH("\\Trash");

    private final String attribute;

    SpecialUse(String attribute) {
        this.attribute = attribute;
    }

    /** Returns the attribute with its backslash. */
    public String attribute() {
        return attribute;
    }
}
