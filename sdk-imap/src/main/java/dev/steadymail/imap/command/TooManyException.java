package dev.steadymail.imap.command;

/** A server's answer names more messages than any mailbox holds. */
public final class TooManyException extends RuntimeException {
    private static final long serialVersionUID = 1;

    TooManyException(long most) {
        super("the server lists more than " + most + " emails in one mailbox");
    }
}
