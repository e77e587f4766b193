package dev.steadymail.guard;

import dev.steadymail.mail.Reach;
import java.time.Duration;

/**
 * So many units in any window of a length. No window, wherever it begins, ever holds more.
 *
 * @param name a short word for events and explanations, for example {@code user} or {@code day}
 * @param reach who shares the units
 * @param units the most in one window, 1 to 1,000,000,000
 * @param window the length of a window, one second to 31 days
 * @param enforced whether requests wait for the limit; otherwise it is only counted, and reported from 80 % on
 */
public record QuotaLimit(String name, Reach reach, long units, Duration window, boolean enforced) {
    private static final long MOST_UNITS = 1_000_000_000;
    private static final Duration SHORTEST = Duration.ofSeconds(1);
    static final Duration LONGEST = Duration.ofDays(31);

    public QuotaLimit {
        if (units < 1 || units > MOST_UNITS) {
            throw new IllegalArgumentException(
                    "units of quota " + name + " must be between 1 and " + MOST_UNITS + ", was " + units);
        }
        if (window.compareTo(SHORTEST) < 0 || window.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    "window of quota " + name + " must be between 1 second and 31 days, was " + window);
        }
    }

    /** Returns a limit of one account. */
    public static QuotaLimit perAccount(long units, Duration window) {
        return new QuotaLimit("account", Reach.ACCOUNT, units, window, true);
    }
}
