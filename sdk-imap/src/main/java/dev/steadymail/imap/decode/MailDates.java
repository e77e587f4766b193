package dev.steadymail.imap.decode;

import jakarta.mail.internet.MailDateFormat;
import java.text.ParsePosition;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Date;
import org.jspecify.annotations.Nullable;

/**
 * Reads the Date field (RFC 5322 section 3.3). The form that nearly all mail has, {@code Tue, 1 Jul 2025 10:52:37 +0200}, is read in
 * place; {@link MailDateFormat} reads all others, and would read this one to the same result.
 */
final class MailDates {
    private static final String MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec";

    /** Before this year {@link MailDateFormat} counts by the Julian calendar. */
    private static final int FIRST_YEAR = 1600;

    /** From the month on the places are fixed: {@code Jul 2025 10:52:37 +0200}. */
    private static final int YEAR = 4;

    private static final int HOUR = 9;
    private static final int MINUTE = 12;
    private static final int SECOND = 15;
    private static final int ZONE = 18;

    private MailDates() {}

    /** Returns the instant, or null where the text is no date. The day of the week is not checked. */
    static @Nullable Instant parse(String text) {
        int day = text.length() > 4 && text.charAt(3) == ',' && text.charAt(4) == ' ' && isWord(text) ? 5 : 0;
        int month = text.indexOf(' ', day) + 1;
        int dayOfMonth = month - day > 1 && month - day <= 3 ? number(text, day, month - 1) : -1;
        if (dayOfMonth < 1 || dayOfMonth > 31 || !hasMarks(text, month)) {
            return any(text);
        }
        int offset = offset(text, month + ZONE);
        int monthOfYear = month(text, month);
        int year = number(text, month + YEAR, month + YEAR + 4);
        int hour = number(text, month + HOUR, month + HOUR + 2);
        int minute = number(text, month + MINUTE, month + MINUTE + 2);
        int second = number(text, month + SECOND, month + SECOND + 2);
        boolean usual = offset != Integer.MIN_VALUE
                && monthOfYear > 0
                && year >= FIRST_YEAR
                && isWithin(hour, 23)
                && isWithin(minute, 59)
                && isWithin(second, 59);
        if (!usual) {
            return any(text);
        }
        // A day that its month does not have is one of the next month, as in the lenient calendar.
        long days = LocalDate.of(year, monthOfYear, 1).toEpochDay() + dayOfMonth - 1;
        return Instant.ofEpochSecond(((days * 24 + hour) * 60 + minute - offset) * 60 + second);
    }

    private static @Nullable Instant any(String text) {
        Date date = new MailDateFormat().parse(text, new ParsePosition(0));
        return date == null ? null : date.toInstant();
    }

    private static boolean isWord(String text) {
        return isLetter(text.charAt(0)) && isLetter(text.charAt(1)) && isLetter(text.charAt(2));
    }

    private static boolean isLetter(char c) {
        return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
    }

    private static boolean isWithin(int number, int max) {
        return number >= 0 && number <= max;
    }

    private static boolean hasMarks(String text, int month) {
        return text.length() >= month + ZONE + 3
                && text.charAt(month + YEAR - 1) == ' '
                && text.charAt(month + HOUR - 1) == ' '
                && text.charAt(month + MINUTE - 1) == ':'
                && text.charAt(month + SECOND - 1) == ':'
                && text.charAt(month + ZONE - 1) == ' ';
    }

    /** Returns minutes east of Greenwich, or the least integer where the zone is not written as {@code +0200} or {@code GMT}. */
    private static int offset(String text, int at) {
        char sign = text.charAt(at);
        int end = sign == 'G' ? at + 3 : at + 5;
        if (text.length() < end || (text.length() > end && text.charAt(end) != ' ')) {
            return Integer.MIN_VALUE;
        }
        if (text.startsWith("GMT", at)) {
            return 0;
        }
        int hours = number(text, at + 1, at + 3);
        int minutes = number(text, at + 3, end);
        if ((sign != '+' && sign != '-') || !isWithin(hours, 23) || !isWithin(minutes, 59)) {
            return Integer.MIN_VALUE;
        }
        int offset = hours * 60 + minutes;
        return sign == '-' ? -offset : offset;
    }

    /** Returns 1 to 12, or 0 where there is no name of a month. */
    private static int month(String text, int at) {
        for (int i = 0; i < MONTHS.length(); i += 3) {
            if (text.regionMatches(at, MONTHS, i, 3)) {
                return i / 3 + 1;
            }
        }
        return 0;
    }

    /** Returns the number in some digits, or -1 where there is something else. */
    private static int number(String text, int from, int to) {
        int number = 0;
        for (int i = from; i < to; i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            number = number * 10 + digit;
        }
        return number;
    }
}
