package dev.steadymail.cli;

import dev.steadymail.cli.outcome.CommandException;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.regex.Pattern;

/** Reads the values of options; errors name the option and the rule, and do not repeat the value. */
final class Numbers {
    private static final Pattern DIGITS = Pattern.compile("[0-9]{1,9}");
    private static final Pattern SHORT = Pattern.compile("[0-9]{1,6}[smhd]");
    private static final Duration LONGEST = Duration.ofDays(365);

    private Numbers() {}

    static long between(String option, String text, long least, long most) {
        long value = DIGITS.matcher(text).matches() ? Long.parseLong(text) : Long.MIN_VALUE;
        if (value < least || value > most) {
            throw CommandException.usage(option + " must be a number between " + least + " and " + most);
        }
        return value;
    }

    /** Reads {@code 30s}, {@code 5m}, {@code 2h}, {@code 1d} and ISO 8601 durations such as {@code PT30S}. */
    static Duration duration(String option, String text) {
        Duration value = parse(text);
        if (value.isNegative() || value.isZero() || value.compareTo(LONGEST) > 0) {
            throw CommandException.usage(option + " must be a time such as 30s, 5m, 2h or PT30S, up to 365 days");
        }
        return value;
    }

    private static Duration parse(String text) {
        try {
            String lower = text.toLowerCase(Locale.ROOT);
            if (!SHORT.matcher(lower).matches()) {
                return Duration.parse(text);
            }
            return Duration.parse(lower.endsWith("d") ? "P" + lower : "PT" + lower);
        } catch (DateTimeParseException notATime) {
            return Duration.ZERO;
        }
    }
}
