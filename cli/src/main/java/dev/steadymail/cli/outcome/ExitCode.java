package dev.steadymail.cli.outcome;

import dev.steadymail.mail.MailException.Kind;

/** Every way the command ends, and the number it tells the shell. The first cause of an end wins. */
public enum ExitCode {
    DONE(0),
    /** A fault of ours; nothing that the caller can put right. */
    INTERNAL_FAULT(1),
    /** Wrong arguments, or a folder that belongs to another account. */
    USAGE(2),
    /** Credentials, consent or scope were refused, or there are none. */
    CREDENTIALS(3),
    /** The provider could not be reached, not be trusted, or did not serve in time. */
    UNREACHED(4),
    /** Done, but some emails could not be read and are parked. */
    PARKED(5),
    /** Compared, and not equal. */
    DIFFERENT(5),
    /** Sent, but not to all recipients. */
    IN_PART(5),
    /** Local storage failed. */
    STORAGE(6),
    /** Another run is using the folder. */
    IN_USE(7),
    INTERRUPTED(130);

    private final int number;

    ExitCode(int number) {
        this.number = number;
    }

    public int number() {
        return number;
    }

    /** Returns the end that an error of the SDK leads to. */
    public static ExitCode of(Kind kind) {
        return switch (kind) {
            case AUTH, REAUTH_REQUIRED, FORBIDDEN -> CREDENTIALS;
            case THROTTLED, CONCURRENCY, UNAVAILABLE, NETWORK, TIMEOUT, DEADLINE, PROTOCOL, CIRCUIT_OPEN, QUEUE_FULL ->
                UNREACHED;
            case STORAGE -> STORAGE;
            case CANCELLED -> INTERRUPTED;
            case NOT_FOUND, CONFLICT, INVALID, TOO_LARGE, UNSUPPORTED, CURSOR_EXPIRED -> INTERNAL_FAULT;
        };
    }

    /** Returns the end of a command that asked for what its caller named: naming what is not there, or too much, is wrong usage. */
    public static ExitCode ofQuestion(Kind kind) {
        return switch (kind) {
            case NOT_FOUND, INVALID, UNSUPPORTED, CONFLICT, TOO_LARGE -> USAGE;
            default -> of(kind);
        };
    }
}
