package dev.steadymail.cache;

/** What a cache keeps. */
public enum CachedKind {
    /** The list of mailboxes. */
    MAILBOXES,
    /** One page of a query: the ids in it. */
    LIST,
    /** One email at some level. */
    EMAIL,
    /** The ids of a thread. */
    THREAD,
    /** The octets of a message, or of one of its parts. */
    CONTENT
}
