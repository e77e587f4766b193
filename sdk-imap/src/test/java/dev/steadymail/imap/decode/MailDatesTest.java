package dev.steadymail.imap.decode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.mail.internet.MailDateFormat;
import java.text.ParsePosition;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MailDatesTest {
    private static final List<String> DAYS =
            List.of("Mon, ", "Tue, ", "Fri, ", "", "Xyz, ", "mon, ", "M1n, ", "Mon ", "Monday, ");
    private static final List<String> MONTHS = List.of(
            "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec", "jul", "XXX", "July");
    private static final List<String> ZONES = List.of(
            "+0200",
            "-0700",
            "+0000",
            "-0000",
            "+0530",
            "+1400",
            "-1200",
            "GMT",
            "UT",
            "UTC",
            "EST",
            "PDT",
            "Z",
            "+02",
            "+9959",
            "+0260",
            "2000",
            "+02000",
            "GMT+2",
            "+0200 (CEST)",
            "-0500 (EST) x",
            "(x) +0100",
            "",
            "+0100x",
            "+01:00",
            "A");

    @Test
    void usualForms() {
        Instant instant = Instant.parse("2025-07-01T08:52:37Z");
        assertEquals(instant, MailDates.parse("Tue, 1 Jul 2025 10:52:37 +0200"));
        assertEquals(instant, MailDates.parse("1 Jul 2025 10:52:37 +0200"));
        assertEquals(instant, MailDates.parse("Tue, 01 Jul 2025 10:52:37 +0200 (CEST)"));
        assertEquals(instant, MailDates.parse("Tue, 1 Jul 2025 08:52:37 GMT"));
        assertEquals(instant, MailDates.parse("Tue, 1 Jul 2025 01:22:37 -0730"));
    }

    @Test
    void rareForms() {
        assertEquals(Instant.parse("2025-07-01T14:52:00Z"), MailDates.parse("1 Jul 25 10:52 EDT"));
        assertEquals(Instant.parse("1997-11-21T15:55:06Z"), MailDates.parse("Fri, 21  Nov\r\n 97 09:55:06 -0600"));
        assertNull(MailDates.parse(""));
        assertNull(MailDates.parse("yesterday"));
        assertNull(MailDates.parse("1 "));
    }

    @Test
    void randomDates_areReadAsMailDateFormatReadsThem() {
        Random random = new Random(20250701);
        int dates = 0;
        for (int i = 0; i < 60_000; i++) {
            String text = date(random, i % 2 == 0);
            Instant expected = expected(text);
            assertEquals(expected, MailDates.parse(text), text);
            dates += expected == null ? 0 : 1;
        }
        assertTrue(dates > 30_000, dates + " dates");
    }

    @Test
    void cutOrChangedDates_areReadAsMailDateFormatReadsThem() {
        Random random = new Random(20250702);
        String signs = " 0159:,+-GJa(\t\r\n\u00e9";
        for (int i = 0; i < 30_000; i++) {
            StringBuilder text = new StringBuilder(date(random, true));
            text.setCharAt(random.nextInt(text.length()), signs.charAt(random.nextInt(signs.length())));
            text.setLength(random.nextInt(4) == 0 ? random.nextInt(text.length()) : text.length());
            assertEquals(expected(text.toString()), MailDates.parse(text.toString()), text::toString);
        }
    }

    private static @Nullable Instant expected(String text) {
        Date date = new MailDateFormat().parse(text, new ParsePosition(0));
        return date == null ? null : date.toInstant();
    }

    private static String date(Random random, boolean usual) {
        return pick(DAYS, random, usual ? 4 : DAYS.size())
                + (usual && random.nextBoolean() ? "0" : "")
                + (usual ? 1 + random.nextInt(9) : random.nextInt(40))
                + " "
                + pick(MONTHS, random, usual ? 12 : MONTHS.size())
                + " "
                + (usual ? 1600 + random.nextInt(600) : random.nextInt(12_000))
                + " "
                + two(random, usual ? 24 : 30)
                + ":"
                + two(random, usual ? 60 : 70)
                + (usual || random.nextInt(4) > 0 ? ":" + two(random, usual ? 60 : 70) : "")
                + " "
                + pick(ZONES, random, usual ? 8 : ZONES.size());
    }

    private static String pick(List<String> list, Random random, int among) {
        return list.get(random.nextInt(among));
    }

    private static String two(Random random, int bound) {
        int number = random.nextInt(bound);
        return number < 10 ? "0" + number : String.valueOf(number);
    }
}
