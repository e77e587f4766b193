package dev.steadymail.mail;

/** How much of an email to fetch; each level includes the ones before it. */
public enum FetchLevel {
    /** Ids, mailboxes, keywords, time of arrival and size. */
    STATE,
    /** And the envelope. */
    METADATA,
    /** And the tree of body parts. */
    STRUCTURE
}
