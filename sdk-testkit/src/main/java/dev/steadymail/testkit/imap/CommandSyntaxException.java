package dev.steadymail.testkit.imap;

/** The client's command breaks the grammar; answered with BAD. */
final class CommandSyntaxException extends IllegalArgumentException {

    private static final long serialVersionUID = 1;

    CommandSyntaxException(String message) {
        super(message);
    }

    CommandSyntaxException(String message, Throwable cause) {
        super(message, cause);
    }
}
