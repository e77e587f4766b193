package dev.steadymail.guard;

import dev.steadymail.mail.MailException;

/** What the end of an attempt tells about whether the other side works. */
enum Health {
    /** It answered, if only with a refusal: a missing email or a bad password is no sickness. */
    GOOD,
    /** It did not answer, or said that it cannot. */
    BAD,
    /** Nothing can be told: the attempt was ended by us, or is about pace. */
    UNKNOWN;

    /**
     * Judges a failure.
     *
     * @param ownLimit whether the attempt had most of the time it may take; one that was cut short by a near deadline tells nothing
     */
    static Health of(MailException failure, boolean ownLimit) {
        return switch (failure.kind()) {
            case UNAVAILABLE, TIMEOUT -> BAD;
            case NETWORK -> failure.isRetryable() ? BAD : UNKNOWN;
            case DEADLINE -> ownLimit ? BAD : UNKNOWN;
            case THROTTLED, CONCURRENCY, PROTOCOL, STORAGE, CANCELLED, CIRCUIT_OPEN, QUEUE_FULL -> UNKNOWN;
            default -> GOOD;
        };
    }
}
