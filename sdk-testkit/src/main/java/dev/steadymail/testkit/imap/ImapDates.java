package dev.steadymail.testkit.imap;

import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The three forms of date that IMAP meets: date-time and date of RFC 3501 section 9, and the Date header of RFC 5322. */
final class ImapDates {

    private static final DateTimeFormatter DATE_TIME = formatter("ppd-MMM-yyyy HH:mm:ss xx");
    private static final DateTimeFormatter DATE = formatter("d-MMM-yyyy");

    private ImapDates() {}

    static String print(OffsetDateTime date) {
        return DATE_TIME.format(date);
    }

    static OffsetDateTime parseDateTime(String text) {
        try {
            return OffsetDateTime.parse(text, DATE_TIME);
        } catch (DateTimeParseException e) {
            throw new CommandSyntaxException("date-time must look like \"17-Jul-1996 02:44:25 -0700\"", e);
        }
    }

    static LocalDate parseDate(String text) {
        try {
            return LocalDate.parse(text, DATE);
        } catch (DateTimeParseException e) {
            throw new CommandSyntaxException("date must look like 17-Jul-1996", e);
        }
    }

    /** Returns the day a Date header names in its own zone, or null if it cannot be read. */
    static @Nullable LocalDate sentOn(String header) {
        int comment = header.indexOf('(');
        String date = (comment < 0 ? header : header.substring(0, comment)).strip();
        try {
            return OffsetDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toLocalDate();
        } catch (DateTimeParseException unreadable) {
            return null;
        }
    }

    private static DateTimeFormatter formatter(String pattern) {
        return new DateTimeFormatterBuilder()
                .parseCaseInsensitive()
                .appendPattern(pattern)
                .toFormatter(Locale.ENGLISH);
    }
}
