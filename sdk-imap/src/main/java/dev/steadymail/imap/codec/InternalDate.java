package dev.steadymail.imap.codec;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Reads INTERNALDATE (RFC 3501 {@code date-time}). What servers send, {@code 01-Feb-2024 00:30:00 +0130} with a zero, a space or a digit
 * in front, is read in place; a formatter reads all else, and would read this to the same result.
 */
final class InternalDate {
    private static final DateTimeFormatter ANY = new DateTimeFormatterBuilder()
            .parseCaseInsensitive()
            .appendPattern("d-MMM-uuuu HH:mm:ss xx")
            .toFormatter(Locale.ENGLISH);

    private static final String MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec";
    private static final int LENGTH = "01-Feb-2024 00:30:00 +0130".length();
    /** Every month has so many days. */
    private static final int SURE_DAYS = 28;

    private static final int SURE_OFFSET_HOURS = 17;
    private static final int NO_OFFSET = Integer.MIN_VALUE;
    /** Times a hundred still far below any number. */
    private static final int NO_NUMBER = -1_000_000;

    private InternalDate() {}

    /** Returns the instant, or null where the text is no date: that is worth no message. */
    static @Nullable Instant parse(String text) {
        Instant usual = hasMarks(text) ? usual(text) : null;
        return usual != null ? usual : any(text);
    }

    /** Returns the instant, or null where the text has not quite the form. */
    private static @Nullable Instant usual(String text) {
        int day = text.charAt(0) == ' ' ? digit(text, 1) : number(text, 0);
        int month = month(text);
        int year = number(text, 7) * 100 + number(text, 9);
        int hour = number(text, 12);
        int minute = number(text, 15);
        int second = number(text, 18);
        int offset = offset(text);
        boolean sure = isWithin(day, 1, 31)
                && month > 0
                && year > 0
                && isWithin(hour, 0, 23)
                && isWithin(minute, 0, 59)
                && isWithin(second, 0, 59)
                && offset != NO_OFFSET;
        // A formatter that meets the 30th of February has its own mind.
        if (!sure || (day > SURE_DAYS && day > YearMonth.of(year, month).lengthOfMonth())) {
            return null;
        }
        long days = LocalDate.of(year, month, day).toEpochDay();
        return Instant.ofEpochSecond(((days * 24 + hour) * 60 + minute - offset) * 60 + second);
    }

    private static boolean hasMarks(String text) {
        return text.length() == LENGTH
                && text.charAt(2) == '-'
                && text.charAt(6) == '-'
                && text.charAt(11) == ' '
                && text.charAt(14) == ':'
                && text.charAt(17) == ':'
                && text.charAt(20) == ' ';
    }

    /** Returns minutes east of Greenwich. */
    private static int offset(String text) {
        int hours = number(text, 22);
        int minutes = number(text, 24);
        char sign = text.charAt(21);
        if ((sign != '+' && sign != '-') || !isWithin(hours, 0, SURE_OFFSET_HOURS) || !isWithin(minutes, 0, 59)) {
            return NO_OFFSET;
        }
        return sign == '-' ? -(hours * 60 + minutes) : hours * 60 + minutes;
    }

    private static boolean isWithin(int number, int min, int max) {
        return number >= min && number <= max;
    }

    /** Returns the number in two digits, less than 0 where there is something else. */
    private static int number(String text, int at) {
        int tens = digit(text, at);
        int ones = digit(text, at + 1);
        return tens < 0 || ones < 0 ? NO_NUMBER : tens * 10 + ones;
    }

    private static int digit(String text, int at) {
        int digit = text.charAt(at) - '0';
        return digit >= 0 && digit <= 9 ? digit : NO_NUMBER;
    }

    /** Returns 1 to 12, or 0 where there is no name of a month in its usual spelling. */
    private static int month(String text) {
        for (int i = 0; i < MONTHS.length(); i += 3) {
            if (text.regionMatches(3, MONTHS, i, 3)) {
                return i / 3 + 1;
            }
        }
        return 0;
    }

    private static @Nullable Instant any(String text) {
        try {
            return OffsetDateTime.parse(text.strip(), ANY).toInstant();
        } catch (DateTimeException unreadable) {
            return null;
        }
    }
}
