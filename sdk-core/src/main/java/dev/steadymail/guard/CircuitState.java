package dev.steadymail.guard;

/** Whether requests pass. */
public enum CircuitState {
    /** They do. */
    CLOSED,
    /** They do not, until an instant, for a cause. */
    OPEN,
    /** One does, to find out. */
    HALF_OPEN
}
