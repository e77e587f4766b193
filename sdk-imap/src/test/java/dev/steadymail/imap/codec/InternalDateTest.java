package dev.steadymail.imap.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** What is read in place means what the formatter says. */
class InternalDateTest {
    private static final DateTimeFormatter FORM =
            DateTimeFormatter.ofPattern("dd-MMM-uuuu HH:mm:ss xx", Locale.ENGLISH);

    @Test
    void anyInstantInAnyZone_isReadAsWritten() {
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 20_000; i++) {
            Instant instant = Instant.ofEpochSecond(random.nextLong(-60_000_000_000L, 250_000_000_000L));
            ZoneOffset zone = ZoneOffset.ofTotalSeconds(60 * random.nextInt(-18 * 60, 18 * 60 + 1));
            String text = FORM.format(OffsetDateTime.ofInstant(instant, zone));
            assertEquals(instant, InternalDate.parse(text), text);
            String spaced = text.startsWith("0") ? " " + text.substring(1) : text;
            assertEquals(instant, InternalDate.parse(spaced), spaced);
        }
    }

    @Test
    void oddButReadable() {
        Instant expected = Instant.parse("2024-02-01T00:30:00Z");
        assertEquals(expected, InternalDate.parse("1-Feb-2024 00:30:00 +0000"));
        assertEquals(expected, InternalDate.parse("01-FEB-2024 00:30:00 -0000"));
        assertEquals(expected, InternalDate.parse(" 01-feb-2024 00:30:00 +0000 "));
        assertEquals(Instant.parse("2023-02-28T00:30:00Z"), InternalDate.parse("31-Feb-2023 00:30:00 +0000"));
        assertEquals(Instant.parse("2024-02-29T00:30:00Z"), InternalDate.parse("29-Feb-2024 00:30:00 +0000"));
    }

    @Test
    void unreadable_isNull() {
        for (String text : new String[] {
            "",
            "01-Feb-2024",
            "00-Feb-2024 00:30:00 +0000",
            "32-Jan-2024 00:30:00 +0000",
            "01-Foo-2024 00:30:00 +0000",
            "01-Feb-2024 24:30:00 +0000",
            "01-Feb-2024 00:60:00 +0000",
            "01-Feb-2024 00:30:60 +0000",
            "01-Feb-2024 00:30:00 +1900",
            "01-Feb-2024 00:30:00 +0060",
            "01-Feb-2024 00:30:00 00000",
            "0a-Feb-2024 00:30:00 +0000",
            "01-Feb-20 4 00:30:00 +0000",
            "01-Feb-2024 00:30:0  +0000"
        }) {
            assertNull(InternalDate.parse(text), text);
        }
    }
}
