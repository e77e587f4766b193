package dev.steadymail.benchmarks.imap;

/** What is read of every message. */
enum Task {
    /** UID, flags, time of arrival, size, envelope and body structure. */
    METADATA,
    /** The exact octets. */
    BODIES
}
