package dev.steadymail.accounts;

/** An account URL breaks a rule. The message states rule and remedy and repeats nothing of the URL. */
public final class InvalidAccountUrlException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final boolean secret;

    private InvalidAccountUrlException(String message, boolean secret) {
        super(message);
        this.secret = secret;
    }

    static InvalidAccountUrlException of(String message) {
        return new InvalidAccountUrlException(message, false);
    }

    static InvalidAccountUrlException withSecret(String message) {
        return new InvalidAccountUrlException(message, true);
    }

    /** Returns whether the URL seems to hold a secret, so that a program can tell where it takes secrets instead. */
    public boolean mayHoldSecret() {
        return secret;
    }
}
