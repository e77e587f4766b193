package dev.steadymail.imap.codec;

/** A server announced more than the limits allow, so that its connection must end. Holds nothing of what it sent. */
public final class ResponseLimitException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ResponseLimitException(String what) {
        super(what);
    }
}
