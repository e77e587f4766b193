package dev.steadymail.testkit.imap;

/** How a command names messages. */
enum Numbering {
    SEQUENCE,
    UID
}
