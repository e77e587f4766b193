package dev.steadymail.testkit.imap;

/** The states of a connection, RFC 3501 section 3. */
enum SessionState {
    NOT_AUTHENTICATED,
    AUTHENTICATED,
    SELECTED,
    LOGOUT
}
