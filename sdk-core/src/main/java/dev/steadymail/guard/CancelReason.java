package dev.steadymail.guard;

/** Why an attempt was broken. */
enum CancelReason {
    /** It took longer than one attempt may. */
    TIMEOUT,
    /** The call's deadline passed. */
    DEADLINE,
    /** The client was closed. */
    CLOSED,
    /** The caller gave up: its thread was interrupted or its future cancelled. */
    ABANDONED;

    private static final CancelReason[] ALL = values();

    static CancelReason of(int ordinal) {
        return ALL[ordinal];
    }
}
