package dev.steadymail.observability.events;

/** Which event is dropped where there is no room for another. */
public enum Overflow {
    /** The one that has waited longest. */
    DROP_OLDEST,
    /** The one that comes. */
    DROP_NEWEST
}
