package dev.steadymail.mail;

/**
 * Why a request is made, which decides how soon it gets its turn. The lanes of one account share its places by priority, in the
 * order below; a request that has waited long gets a turn whatever its lane, so no lane starves.
 */
public enum Lane {
    /** Somebody waits for the answer. A part of every quota is kept free for this lane. */
    INTERACTIVE,
    /** Mail that is to leave. */
    SEND,
    /** What changed since the last look. */
    DELTA,
    /** Reading what has been there for long: first syncs and repairs. */
    BACKFILL
}
