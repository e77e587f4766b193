package dev.steadymail.imap.codec;

/** A response is not what the grammar, or what we forgive beyond it, allows. Holds no octet of the response. */
final class UnreadableException extends Exception {
    private static final long serialVersionUID = 1L;

    UnreadableException(String what) {
        // Thrown for whatever a server sends, so it must be cheap.
        super(what, null, false, false);
    }
}
