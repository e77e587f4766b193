package dev.steadymail.mail;

import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * How sending ended, where it began: a failure that surely had no effect is thrown instead. {@link Sent} says that the provider took
 * the message, not that it was delivered.
 */
public sealed interface SendResult {
    /**
     * The provider took the message.
     *
     * @param emailId the sent message in this account, or null where its copy is not there or was not told
     * @param threadId its thread, or null where the provider has none
     * @param refused whom it did not go to, where it went to others; empty where it went to all
     */
    record Sent(@Nullable EmailId emailId, @Nullable ThreadId threadId, List<RefusedRecipient> refused)
            implements SendResult {
        public Sent {
            refused = List.copyOf(refused);
        }

        /** A message that went to all. */
        public Sent(@Nullable EmailId emailId, @Nullable ThreadId threadId) {
            this(emailId, threadId, List.of());
        }
    }

    /**
     * No answer came, so the message may be on its way. It was not sent again and must not be before somebody looked: in the mailbox
     * with role sent, by the Message-ID.
     *
     * @param cause why there was no answer
     */
    record Unknown(MailException cause) implements SendResult {}

    /** Returns what one of the functions makes of this result. */
    default <T> T fold(Function<? super Sent, ? extends T> sent, Function<? super Unknown, ? extends T> unknown) {
        return this instanceof Sent is ? sent.apply(is) : unknown.apply((Unknown) this);
    }

    /**
     * Runs what sends, and tells a failure that leaves it open from one that does not.
     *
     * @param sending one request; fails with {@link MailException#mayHaveTakenEffect()} where that is so
     * @throws MailException where nothing was sent, for sure
     */
    static SendResult of(Supplier<Sent> sending) {
        try {
            return sending.get();
        } catch (MailException failure) {
            if (failure.mayHaveTakenEffect()) {
                return new Unknown(failure);
            }
            throw failure;
        }
    }
}
