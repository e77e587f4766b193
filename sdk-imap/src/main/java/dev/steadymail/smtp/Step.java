package dev.steadymail.smtp;

import dev.steadymail.mail.RefusedRecipient;
import java.nio.ByteBuffer;
import java.util.List;

/** What is to be done next for a dialogue to go on. */
sealed interface Step {
    /**
     * Send octets.
     *
     * @param octets theirs is the receiver's
     * @param sort what they are
     */
    record Write(ByteBuffer octets, Sort sort) implements Step {
        /** What octets are, so that a log knows what of them it may show. */
        enum Sort {
            /** Whole lines, each a command. */
            COMMANDS,
            /** A step of a login. */
            SECRET,
            /** Some of a message. */
            CONTENT
        }
    }

    /**
     * Send the octets with which the server may accept the message, by themselves, after all others have left, and after the application
     * has agreed to it; {@link SubmissionDialogue#committing} comes before the first of them.
     */
    record Commit(ByteBuffer octets) implements Step {}

    /** Wait for what the server says about this. */
    record Await(Stage stage) implements Step {}

    /** Put TLS on. */
    record Secure() implements Step {}

    /**
     * Hand over the next piece of the message.
     *
     * @param most octets at most
     */
    record Content(int most) implements Step {}

    /** Nothing more to do: the server is ready for a message. */
    record Ready() implements Step {}

    /** The server took the message. */
    record Accepted(List<RefusedRecipient> refused) implements Step {
        public Accepted {
            refused = List.copyOf(refused);
        }
    }
}
