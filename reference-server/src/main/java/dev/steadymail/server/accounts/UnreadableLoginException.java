package dev.steadymail.server.accounts;

/** Stored credentials that none of the keys can open. */
final class UnreadableLoginException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnreadableLoginException(Throwable cause) {
        super(
                "the stored credentials cannot be decrypted: give the key they were made with in ENCRYPTION_KEY, or connect"
                        + " the account again",
                cause);
    }
}
