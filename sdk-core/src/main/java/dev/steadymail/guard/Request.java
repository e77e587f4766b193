package dev.steadymail.guard;

import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;

/**
 * One wire request as the guard sees it.
 *
 * @param operation the provider's name for it, for example {@code messages.get} or {@code UID FETCH}; never holds content
 * @param repeatable whether sending it twice does no more than sending it once
 * @param timeout how long one attempt may take, at most 30 days
 * @param units what it costs in the provider's quota, 0 to 1,000,000; see {@link QuotaPlan#cost}
 */
public record Request(String operation, boolean repeatable, Duration timeout, int units) {
    private static final Duration LONGEST = Duration.ofDays(30);
    static final int MOST_UNITS = 1_000_000;
    private static final Set<Kind> OPEN_ENDED = EnumSet.of(
            Kind.NETWORK, Kind.TIMEOUT, Kind.DEADLINE, Kind.UNAVAILABLE, Kind.PROTOCOL, Kind.TOO_LARGE, Kind.CANCELLED);

    public Request {
        if (timeout.isNegative() || timeout.isZero() || timeout.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    "timeout of " + operation + " must be positive and at most 30 days, was " + timeout);
        }
        if (units < 0 || units > MOST_UNITS) {
            throw new IllegalArgumentException(
                    "units of " + operation + " must be between 0 and " + MOST_UNITS + ", was " + units);
        }
    }

    /** Returns a request that may be repeated after any failure and costs one unit. */
    public static Request repeatable(String operation, Duration timeout) {
        return new Request(operation, true, timeout, 1);
    }

    /** Returns a request that is repeated only where it surely had no effect, and costs one unit. */
    public static Request once(String operation, Duration timeout) {
        return new Request(operation, false, timeout, 1);
    }

    /** Returns the same request with another cost. */
    public Request costing(int units) {
        return new Request(operation, repeatable, timeout, units);
    }

    /** Returns whether a failed attempt of this request may be followed by another one. */
    boolean mayRepeatAfter(MailException failure) {
        return failure.isRetryable() && (repeatable || !mayHaveTakenEffect(failure));
    }

    /** Where a provider does not say whether it acted, silence and broken connections leave it open; a refusal does not. */
    boolean mayHaveTakenEffect(MailException failure) {
        return failure.effect().orElse(!repeatable && OPEN_ENDED.contains(failure.kind()));
    }
}
