package dev.steadymail.testkit.imap;

/** The client's command breaks the grammar; answered with BAD. */
final class CommandSyntaxException extends IllegalArgumentException {

    private static final long serialVersionUID = 1;

    private final transient Completion completion;

    CommandSyntaxException(String message) {
        super(message);
        completion = Completion.bad(message);
    }

    CommandSyntaxException(String message, Throwable cause) {
        super(message, cause);
        completion = Completion.bad(message);
    }

    /** Returns the answer to the client. */
    Completion completion() {
        return completion;
    }
}
