package dev.steadymail.imap.command;

/**
 * A command completed with OK, and what was asked for never came, or came as something that cannot be read. To take that for "nothing
 * there" would lose what is there.
 */
public final class NoAnswerException extends RuntimeException {
    private static final long serialVersionUID = 1;

    NoAnswerException(String command) {
        super("the server completed " + command + " without an answer that can be read");
    }
}
