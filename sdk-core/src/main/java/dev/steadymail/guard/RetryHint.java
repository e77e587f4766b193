package dev.steadymail.guard;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads when a provider wants to be asked again, from what providers write. The words come from outside: whatever they hold,
 * reading takes time in proportion to their length, and no answer is more than {@link #LONGEST} ahead.
 *
 * <p>A time that has passed by our clock is no hint, since a throttle that is over would not be told: one of the two clocks is
 * wrong. A wait of zero is one.
 */
public final class RetryHint {
    /** What a provider may ask for at most, 7 days; more is cut to it. */
    public static final Duration LONGEST = Duration.ofDays(7);

    private static final int MOST_DIGITS = 64;
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1," + MOST_DIGITS + "}");
    private static final Pattern RETRY_AFTER = Pattern.compile(
            "retry after:? {0,4}([0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\\.[0-9]{1,9})?"
                    + "(?:Z|[+-][0-9]{2}:[0-9]{2}))",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern BACKOFF_TIME = Pattern.compile(
            "suggested backoff time: {0,4}([0-9]{1," + MOST_DIGITS + "}) {0,4}milliseconds", Pattern.CASE_INSENSITIVE);

    private RetryHint() {}

    /**
     * Reads the value of a {@code Retry-After} field (RFC 9110 section 10.2.3): seconds, or an HTTP date in any of its three forms.
     *
     * @param value the field's value, null where there is none
     * @param now the wall clock's time
     * @return the time to wait for, not before {@code now}; null where the value states none
     */
    public static @Nullable Instant header(@Nullable String value, Instant now) {
        if (value == null) {
            return null;
        }
        String stripped = value.strip();
        if (NUMBER.matcher(stripped).matches()) {
            return after(stripped, Duration.ofSeconds(1), now);
        }
        return ahead(HttpDate.parse(stripped, now), now);
    }

    /**
     * Reads text for people: Google's {@code Retry after 2026-01-10T23:55:00.392Z} and Microsoft's {@code Suggested Backoff Time:
     * 178755 milliseconds}, anywhere within it and in any case. Where both stand, the later one counts.
     *
     * @param message what the provider wrote, possibly empty
     * @param now the wall clock's time
     * @return the time to wait for, not before {@code now}; null where the text states none
     */
    public static @Nullable Instant text(String message, Instant now) {
        Instant google = instant(message, now);
        Instant microsoft = milliseconds(message, now);
        return later(google, microsoft);
    }

    /** Returns the later of two times, either of which may be missing. */
    public static @Nullable Instant later(@Nullable Instant one, @Nullable Instant other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return one.isAfter(other) ? one : other;
    }

    private static @Nullable Instant instant(String message, Instant now) {
        Matcher stated = RETRY_AFTER.matcher(message);
        Instant latest = null;
        while (stated.find()) {
            latest = later(latest, ahead(parsed(stated.group(1)), now));
        }
        return latest;
    }

    private static @Nullable Instant milliseconds(String message, Instant now) {
        Matcher stated = BACKOFF_TIME.matcher(message);
        Instant latest = null;
        while (stated.find()) {
            latest = later(latest, after(stated.group(1), Duration.ofMillis(1), now));
        }
        return latest;
    }

    private static @Nullable Instant parsed(String instant) {
        try {
            return DateTimeFormatter.ISO_OFFSET_DATE_TIME.parse(instant, Instant::from);
        } catch (DateTimeException noSuchDay) {
            return null;
        }
    }

    /** Any number of digits may come; those that a long cannot hold are cut like every other long wait. */
    private static Instant after(String digits, Duration unit, Instant now) {
        int first = 0;
        while (first < digits.length() - 1 && digits.charAt(first) == '0') {
            first++;
        }
        long longest = LONGEST.dividedBy(unit);
        boolean fits = digits.length() - first <= Long.toString(longest).length();
        long count = fits ? Math.min(longest, Long.parseLong(digits.substring(first))) : longest;
        return now.plus(unit.multipliedBy(count));
    }

    private static @Nullable Instant ahead(@Nullable Instant time, Instant now) {
        if (time == null || time.isBefore(now)) {
            return null;
        }
        Instant longest = now.plus(LONGEST);
        return time.isAfter(longest) ? longest : time;
    }
}
