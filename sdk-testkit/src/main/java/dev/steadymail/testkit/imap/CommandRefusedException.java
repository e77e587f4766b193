package dev.steadymail.testkit.imap;

/** The command is understood but cannot be done; answered with NO and a response code of RFC 3501 section 7.1 or RFC 5530. */
final class CommandRefusedException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final transient Completion completion;

    CommandRefusedException(String responseCode, String message) {
        super(message);
        completion = Completion.no(responseCode, message);
    }

    /** Returns the answer to the client. */
    Completion completion() {
        return completion;
    }
}
