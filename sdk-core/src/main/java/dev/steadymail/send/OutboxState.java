package dev.steadymail.send;

/** How far a message in an {@link Outbox} is. */
public enum OutboxState {
    /** Waits: for its time, for its turn, or for another try after a failure that surely sent nothing. */
    QUEUED,
    /** Is being sent. */
    SENDING,
    /** The provider took it. */
    SENT,
    /** No answer came, but it was found among the sent mail: the provider had taken it. */
    SENT_BEFORE,
    /** No answer came, and it was not found, or not yet. It is not sent again by itself. */
    UNKNOWN,
    /** It was not sent, for sure, and will not be. */
    REFUSED,
    /** It was taken back before it left. */
    CANCELLED;

    /** Returns whether it stays so. */
    public boolean isFinal() {
        return this == SENT || this == SENT_BEFORE || this == REFUSED || this == CANCELLED;
    }
}
