package dev.steadymail.guard;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads a date as HTTP writes it, in its three forms (RFC 9110 section 5.6.7):
 *
 * <pre>
 * Sun, 06 Nov 1994 08:49:37 GMT      IMF-fixdate
 * Sunday, 06-Nov-94 08:49:37 GMT     RFC 850
 * Sun Nov  6 08:49:37 1994           asctime, in GMT as well
 * </pre>
 *
 * Blank, comma and hyphen all part the words, letters may have any case, and a name of a day need not be that day's: a reader is
 * to be robust with dates.
 */
final class HttpDate {
    private static final int LONGEST = 64;
    private static final int FARTHEST_YEARS = 50;
    private static final Pattern GAP = Pattern.compile("[ ,\\-]+");
    private static final Pattern DAY = Pattern.compile("[0-9]{1,2}");
    private static final Pattern YEAR = Pattern.compile("[0-9]{2}|[0-9]{4}");
    private static final Pattern TIME = Pattern.compile("[0-9]{2}:[0-9]{2}:[0-9]{2}");
    private static final List<String> DAYS = List.of("mon", "tue", "wed", "thu", "fri", "sat", "sun");
    private static final List<String> MONTHS =
            List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");

    private HttpDate() {}

    /**
     * Returns the date, or null where the text is none.
     *
     * @param now decides the century of a year of two digits: the last year that is at most 50 years ahead
     */
    static @Nullable Instant parse(String text, Instant now) {
        if (text.length() > LONGEST) {
            return null;
        }
        String[] words = GAP.split(text.strip().toLowerCase(Locale.ROOT));
        try {
            if (words.length == 6 && (words[5].equals("gmt") || words[5].equals("utc"))) {
                return date(words[0], words[1], words[2], words[3], words[4], now);
            }
            return words.length == 5 && words[4].length() == 4
                    ? date(words[0], words[2], words[1], words[4], words[3], now)
                    : null;
        } catch (DateTimeException noSuchDay) {
            return null;
        }
    }

    private static @Nullable Instant date(
            String dayName, String day, String month, String year, String time, Instant now) {
        int monthNumber = MONTHS.indexOf(month) + 1;
        boolean readable = monthNumber > 0
                && dayName.length() >= 3
                && DAYS.contains(dayName.substring(0, 3))
                && DAY.matcher(day).matches()
                && YEAR.matcher(year).matches()
                && TIME.matcher(time).matches();
        if (!readable) {
            return null;
        }
        int number = Integer.parseInt(year);
        int dayNumber = Integer.parseInt(day);
        return year.length() == 4
                ? at(number, monthNumber, dayNumber, time)
                : nearest(number, monthNumber, dayNumber, time, now);
    }

    /** A date that would be more than 50 years ahead is of the century before (RFC 9110 section 5.6.7). */
    private static Instant nearest(int lastDigits, int month, int day, String time, Instant now) {
        Instant farthest =
                now.atOffset(ZoneOffset.UTC).plusYears(FARTHEST_YEARS).toInstant();
        int year = now.atOffset(ZoneOffset.UTC).getYear() / 100 * 100 + 100 + lastDigits;
        // The day is set last: in another century 29 February may be missing.
        while (at(year, month, 1, time).plusSeconds((day - 1) * 86_400L).isAfter(farthest)) {
            year -= 100;
        }
        return at(year, month, day, time);
    }

    private static Instant at(int year, int month, int day, String time) {
        int second = Integer.parseInt(time.substring(6));
        // A leap second is written as 60, which Java's clocks do not have.
        LocalTime wholeSecond = LocalTime.of(
                Integer.parseInt(time.substring(0, 2)),
                Integer.parseInt(time.substring(3, 5)),
                second == 60 ? 59 : second);
        return LocalDate.of(year, month, day)
                .atTime(wholeSecond)
                .toInstant(ZoneOffset.UTC)
                .plusSeconds(second == 60 ? 1 : 0);
    }
}
