package dev.steadymail.provider;

import dev.steadymail.mail.RawContent;
import dev.steadymail.mail.RefusedRecipient;
import java.util.List;
import java.util.function.Consumer;

/**
 * A message on its way out. Whoever sends it says, just before it can no longer be taken back, that it leaves: until then a crash is
 * known to have sent nothing, so that only few ends of a send are unclear.
 *
 * @param content the message, Bcc included
 * @param beforeLeaving what {@link #leaving} runs
 * @param whenAccepted what {@link #accepted} runs
 */
public record Submission(RawContent content, Runnable beforeLeaving, Consumer<List<RefusedRecipient>> whenAccepted) {
    /** A message whose acceptance nobody has to know of before the call ends. */
    public Submission(RawContent content, Runnable beforeLeaving) {
        this(content, beforeLeaving, refused -> {});
    }

    /** Returns a message that nobody keeps book of. */
    public static Submission of(RawContent content) {
        return new Submission(content, () -> {});
    }

    /**
     * Says that the next octets may make the provider take the message. A provider calls this in each attempt, after everything else
     * that may fail, on the thread of the call or any other that may block.
     *
     * @throws dev.steadymail.mail.MailException where it must not leave any more, because it was cancelled or is another's now: the
     *     provider then sends nothing, and throws what it caught
     */
    public void leaving() {
        beforeLeaving.run();
    }

    /**
     * Says that the message was taken, where more is done before the call ends, such as keeping a copy of it: a crash meanwhile leaves no
     * doubt.
     *
     * @param refused whom it does not go to
     * @throws RuntimeException where that cannot be kept, which changes nothing
     */
    public void accepted(List<RefusedRecipient> refused) {
        whenAccepted.accept(refused);
    }
}
