package dev.steadymail.guard;

/** Why a circuit is open. */
public enum CircuitCause {
    /** The provider stated a time to come back. */
    THROTTLED,
    /** Too many of the last requests failed. */
    FAILING
}
