package dev.steadymail.event;

import dev.steadymail.mail.MailException.Kind;

/**
 * One call on its way through the guard. Attempts are numbered from 1. Used by one thread at a time, but that an attempt that was broken
 * may end while a later one goes on. Durations are by the runtime's clock, so that nobody need ask one.
 */
public interface CallTrace {
    /**
     * An attempt begins on this thread.
     *
     * @param waitedNanos how long the call waited for it: since it was made, or since the attempt before ended
     */
    default void attemptBegan(int attempt, long waitedNanos) {}

    /** The thread on which an attempt began turns to something else; called once for each, on that thread. */
    default void attemptLeft(int attempt) {}

    /** An attempt ended well, on any thread. */
    default void attemptSucceeded(int attempt) {}

    /**
     * An attempt failed, on any thread.
     *
     * @param tookNanos how long it took
     */
    default void attemptFailed(int attempt, Kind failure, long tookNanos) {}

    /** The call ended well. */
    void succeeded();

    /**
     * The call failed for good.
     *
     * @param waitedNanos how long it had waited for another attempt that never came
     */
    void failed(Kind failure, long waitedNanos);
}
