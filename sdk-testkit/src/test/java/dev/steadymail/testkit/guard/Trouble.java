package dev.steadymail.testkit.guard;

/** What a simulated provider, or one mailbox of it, does instead of serving. */
enum Trouble {
    /** It serves. */
    NONE,
    /** It answers that it cannot serve now. */
    UNAVAILABLE,
    /** It cannot be reached. */
    UNREACHABLE,
    /** It never answers. */
    SILENT,
    /** It answers that the caller must wait, and says how long. */
    THROTTLING,
    /** It answers that the caller must wait, and does not say how long. */
    THROTTLING_UNSTATED
}
