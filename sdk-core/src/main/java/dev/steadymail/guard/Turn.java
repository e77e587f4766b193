package dev.steadymail.guard;

/** What a call may do with a place that it was granted. */
enum Turn {
    /** Make the attempt. */
    START,
    /** The place is given back: wait for another turn, or for the refusal that is there already. */
    WAIT,
    /** The call was ended meanwhile, and the place is gone. */
    ENDED
}
