package dev.steadymail.event;

import dev.steadymail.mail.MailException.Kind;
import org.jspecify.annotations.Nullable;

/** One call on its way through the guard. Used by one thread at a time. */
public interface CallTrace {
    /**
     * An attempt begins on this thread.
     *
     * @param waitedNanos how long the call waited for it, by the runtime's clock: since it was made, or since the attempt before ended
     */
    AttemptTrace attempt(long waitedNanos);

    /**
     * The call ended.
     *
     * @param failure what with, or null where it succeeded
     */
    void ended(@Nullable Kind failure);

    /** One attempt of a call. */
    interface AttemptTrace {
        /** Follows nothing. */
        AttemptTrace NONE = new AttemptTrace() {
            @Override
            public void detach() {}

            @Override
            public void ended(@Nullable Kind failure) {}
        };

        /** The thread on which the attempt began turns to something else; called once, on that thread. */
        void detach();

        /**
         * The attempt ended, on any thread.
         *
         * @param failure what with, or null where it succeeded
         */
        void ended(@Nullable Kind failure);
    }
}
