package dev.steadymail.guard;

import java.time.Duration;

/**
 * One wire request as the guard sees it.
 *
 * @param operation the provider's name for it, for example {@code messages.get} or {@code UID FETCH}; never holds content
 * @param repeatable whether sending it twice does no more than sending it once
 * @param timeout how long one attempt may take
 */
public record Request(String operation, boolean repeatable, Duration timeout) {
    public Request {
        if (timeout.isNegative() || timeout.isZero()) {
            throw new IllegalArgumentException("timeout of " + operation + " must be positive, was " + timeout);
        }
    }

    /** Returns a request that may be repeated after any failure. */
    public static Request repeatable(String operation, Duration timeout) {
        return new Request(operation, true, timeout);
    }

    /** Returns a request that is repeated only where it surely had no effect. */
    public static Request once(String operation, Duration timeout) {
        return new Request(operation, false, timeout);
    }
}
