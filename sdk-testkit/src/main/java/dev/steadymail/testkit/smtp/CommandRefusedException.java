package dev.steadymail.testkit.smtp;

import org.jspecify.annotations.Nullable;

/** A command is answered with an error, and nothing of it is done. */
final class CommandRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient SmtpReply reply;
    private final @Nullable SmtpViolation violation;

    CommandRefusedException(int code, String enhanced, String text, @Nullable SmtpViolation violation) {
        super(text, null, false, false);
        this.reply = SmtpReply.of(code, enhanced, text);
        this.violation = violation;
    }

    /** The command is not what the specification says. */
    static CommandRefusedException syntax(int code, String enhanced, String text) {
        return new CommandRefusedException(code, enhanced, text, SmtpViolation.SYNTAX);
    }

    /** The command comes at the wrong time. */
    static CommandRefusedException outOfOrder(String text) {
        return new CommandRefusedException(503, "5.5.1", text, SmtpViolation.OUT_OF_ORDER);
    }

    /** The command is right, and the server does not want it all the same. */
    static CommandRefusedException refused(int code, String enhanced, String text) {
        return new CommandRefusedException(code, enhanced, text, null);
    }

    SmtpReply reply() {
        return reply;
    }

    /** Returns what the client did wrong; null where it could not know better. */
    @Nullable
    SmtpViolation violation() {
        return violation;
    }
}
