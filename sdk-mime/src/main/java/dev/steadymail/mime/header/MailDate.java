package dev.steadymail.mime.header;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads Date fields (RFC 5322 sections 3.3 and 4.3), as they are written in the wild. Thread-safe. */
public final class MailDate {
    private static final int MAX_LENGTH = 200;
    private static final List<String> MONTHS =
            List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");
    private static final Map<String, Integer> ZONES =
            Map.of("EST", -5, "EDT", -4, "CST", -6, "CDT", -5, "MST", -7, "MDT", -6, "PST", -8, "PDT", -7);
    private static final Pattern DATE =
            Pattern.compile("(?:[A-Za-z]{3,9},?\\s+)?(\\d{1,2})[\\s-]+([A-Za-z]{3})[a-z]*[\\s-]+(\\d{2,4})"
                    + "\\s+(\\d{1,2}):(\\d{2})(?::(\\d{2}))?(?:\\s*([+-]\\d{4}|[A-Za-z]{1,5}))?.*");

    private MailDate() {}

    /** Returns the instant that a field states, or null where it states none. */
    public static @Nullable Instant parse(String field) {
        if (field.length() > MAX_LENGTH) {
            return null;
        }
        Matcher matcher = DATE.matcher(field.replaceAll("\\([^()]*\\)", " ").strip());
        if (!matcher.matches()) {
            return null;
        }
        int month = MONTHS.indexOf(matcher.group(2).toLowerCase(Locale.ROOT)) + 1;
        try {
            return LocalDateTime.of(
                            year(matcher.group(3)),
                            month,
                            Integer.parseInt(matcher.group(1)),
                            Integer.parseInt(matcher.group(4)),
                            Integer.parseInt(matcher.group(5)),
                            second(matcher.group(6)))
                    .toInstant(zone(matcher.group(7)));
        } catch (DateTimeException noSuchTime) {
            return null;
        }
    }

    private static int year(String digits) {
        int year = Integer.parseInt(digits);
        if (digits.length() == 2) {
            return year < 50 ? 2000 + year : 1900 + year;
        }
        return digits.length() == 3 ? 1900 + year : year;
    }

    /** A leap second is taken as the one before it. */
    private static int second(@Nullable String digits) {
        return digits == null ? 0 : Math.min(59, Integer.parseInt(digits));
    }

    /** Unknown names count as UTC (RFC 5322 section 4.3). */
    private static ZoneOffset zone(@Nullable String zone) {
        if (zone == null) {
            return ZoneOffset.UTC;
        }
        if (zone.charAt(0) == '+' || zone.charAt(0) == '-') {
            return ZoneOffset.of(zone);
        }
        return ZoneOffset.ofHours(ZONES.getOrDefault(zone.toUpperCase(Locale.ROOT), 0));
    }
}
