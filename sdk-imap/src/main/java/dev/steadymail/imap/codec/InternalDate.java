package dev.steadymail.imap.codec;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
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
    private static final String FORM = "00-Mon-0000 00:00:00 +0000";
    /** Every month has so many days. */
    private static final int SURE_DAYS = 28;

    private static final int SURE_OFFSET_HOURS = 17;

    private InternalDate() {}

    /** Returns the instant, or null where the text is no date: that is worth no message. */
    static @Nullable Instant parse(String text) {
        Instant usual = hasForm(text) ? usual(text) : null;
        return usual != null ? usual : any(text);
    }

    private static @Nullable Instant usual(String text) {
        int day = text.charAt(0) == ' ' ? text.charAt(1) - '0' : number(text, 0);
        int month = month(text);
        int year = number(text, 7) * 100 + number(text, 9);
        int hour = number(text, 12);
        int minute = number(text, 15);
        int second = number(text, 18);
        int offsetHours = number(text, 22);
        int offsetMinutes = number(text, 24);
        boolean sure = day >= 1
                && day <= 31
                && month > 0
                && hour <= 23
                && minute <= 59
                && second <= 59
                && offsetHours <= SURE_OFFSET_HOURS
                && offsetMinutes <= 59;
        if (!sure || (day > SURE_DAYS && day > LocalDate.of(year, month, 1).lengthOfMonth())) {
            return null;
        }
        int offset = (offsetHours * 60 + offsetMinutes) * (text.charAt(21) == '-' ? -1 : 1);
        long days = LocalDate.of(year, month, day).toEpochDay();
        return Instant.ofEpochSecond(((days * 24 + hour) * 60 + minute - offset) * 60 + second);
    }

    /** Answers whether there is a digit wherever the form has one, and its sign elsewhere. */
    private static boolean hasForm(String text) {
        if (text.length() != FORM.length()) {
            return false;
        }
        for (int i = 0; i < FORM.length(); i++) {
            char form = FORM.charAt(i);
            char c = text.charAt(i);
            boolean fits = form == '0' ? isDigit(c) || (i == 0 && c == ' ') : form == c || isFree(form, c);
            if (!fits) {
                return false;
            }
        }
        return true;
    }

    /** The month is looked at elsewhere, and the other sign is one as well. */
    private static boolean isFree(char form, char c) {
        return form == '+' ? c == '-' : form != '-' && form != ' ' && form != ':';
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static int number(String text, int at) {
        return (text.charAt(at) - '0') * 10 + text.charAt(at + 1) - '0';
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
