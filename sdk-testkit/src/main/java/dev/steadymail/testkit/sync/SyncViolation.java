package dev.steadymail.testkit.sync;

/** Something that must be true of a sync is not; the message says what, and what happened before. */
public final class SyncViolation extends AssertionError {
    private static final long serialVersionUID = 1L;

    SyncViolation(String what, SyncStory story) {
        super(what + "\n  what happened last:\n    " + story);
    }
}
