package dev.steadymail.guard;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads "so many per window" as people and providers write it: {@code 250 requests per 100 s}, {@code 10,000 requests per 10
 * minutes}, {@code 15000 units/min}, {@code 250 units/user/second}.
 *
 * @param count how many
 * @param window the window's length
 */
record QuotaText(long count, Duration window) {
    private static final int LONGEST = 100;
    private static final String NUMBER = "([0-9]{1,3}(?:,[0-9]{3}){1,4}|[0-9]{1,15})";
    /** A length that no clock reads, in any unit, must not overflow. */
    private static final String LENGTH = "([0-9]{1,9})";

    private static final String PER = " {0,3}(?:/| per ) {0,3}";
    private static final Pattern GRAMMAR = Pattern.compile(NUMBER + "(?: {0,3}(?:requests?|calls?|(?:quota )?units?))?"
            + "(?:" + PER + "user)?" + PER + "(?:" + LENGTH + " {0,3})?([a-z]{1,8})");
    private static final Map<String, ChronoUnit> UNITS = Map.ofEntries(
            Map.entry("s", ChronoUnit.SECONDS),
            Map.entry("sec", ChronoUnit.SECONDS),
            Map.entry("second", ChronoUnit.SECONDS),
            Map.entry("seconds", ChronoUnit.SECONDS),
            Map.entry("min", ChronoUnit.MINUTES),
            Map.entry("minute", ChronoUnit.MINUTES),
            Map.entry("minutes", ChronoUnit.MINUTES),
            Map.entry("h", ChronoUnit.HOURS),
            Map.entry("hour", ChronoUnit.HOURS),
            Map.entry("hours", ChronoUnit.HOURS),
            Map.entry("day", ChronoUnit.DAYS),
            Map.entry("days", ChronoUnit.DAYS));

    /** Reads a text of up to 100 characters; throws IllegalArgumentException for any that does not read so. */
    static QuotaText parse(String text) {
        String words = text.length() > LONGEST ? "" : text.strip().toLowerCase(Locale.ROOT);
        Matcher quota = GRAMMAR.matcher(words);
        if (!quota.matches() || !UNITS.containsKey(quota.group(3))) {
            throw unreadable(text);
        }
        long length = quota.group(2) == null ? 1 : number(quota.group(2));
        return new QuotaText(number(quota.group(1)), Duration.of(length, unit(quota.group(3))));
    }

    private static long number(String digits) {
        return Long.parseLong(digits.replace(",", ""));
    }

    private static ChronoUnit unit(String word) {
        return UNITS.getOrDefault(word, ChronoUnit.SECONDS);
    }

    private static IllegalArgumentException unreadable(String text) {
        String shown = text.codePoints()
                .limit(LONGEST)
                .map(c -> Character.isISOControl(c) ? ' ' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        return new IllegalArgumentException(
                "a quota must read like \"250 requests per 100 s\", \"10,000 requests per 10 minutes\" or"
                        + " \"15000 units/min\", was \"" + shown + "\"");
    }
}
