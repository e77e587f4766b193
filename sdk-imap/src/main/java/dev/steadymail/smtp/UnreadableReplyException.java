package dev.steadymail.smtp;

/** What the server sent is no reply, or goes beyond the bounds; the connection must not be used any more. Quotes nothing of it. */
final class UnreadableReplyException extends Exception {
    private static final long serialVersionUID = 1;

    UnreadableReplyException(String message) {
        super(message);
    }
}
