package dev.steadymail.testkit.imap;

/** What a client has said it understands of changes, which only grows during a session (RFC 7162 sections 3.1 and 3.2.3). */
enum ChangeTracking {
    /** Nothing beyond RFC 3501. */
    NONE,
    /** Modification sequences. */
    CONDSTORE,
    /** Modification sequences, and VANISHED in the place of EXPUNGE. */
    QRESYNC;

    boolean tellsModSeq() {
        return this != NONE;
    }

    boolean tellsVanished() {
        return this == QRESYNC;
    }
}
