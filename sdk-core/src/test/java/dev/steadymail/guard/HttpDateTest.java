package dev.steadymail.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpDateTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final DateTimeFormatter IMF =
            DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH);
    private static final DateTimeFormatter RFC_850 =
            DateTimeFormatter.ofPattern("EEEE, dd-MMM-yy HH:mm:ss 'GMT'", Locale.ENGLISH);
    private static final DateTimeFormatter ASCTIME =
            DateTimeFormatter.ofPattern("EEE MMM ppd HH:mm:ss yyyy", Locale.ENGLISH);

    /** The three examples of RFC 9110 section 5.6.7 are the same second. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Sun, 06 Nov 1994 08:49:37 GMT",
                "Sunday, 06-Nov-94 08:49:37 GMT",
                "Sun Nov  6 08:49:37 1994",
                "sun, 6 nov 1994 08:49:37 gmt",
                "Mon, 06 Nov 1994 08:49:37 UTC"
            })
    void threeForms_areOneSecond(String text) {
        assertEquals(Instant.parse("1994-11-06T08:49:37Z"), HttpDate.parse(text, NOW));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2026-01-01T00:00:00Z | Wednesday, 01-Jan-76 00:00:00 GMT | 2076-01-01T00:00:00Z",
                "2026-01-01T00:00:00Z | Thursday, 01-Jan-76 00:00:01 GMT | 1976-01-01T00:00:01Z",
                "2026-01-01T00:00:00Z | Friday, 31-Dec-99 23:59:59 GMT | 1999-12-31T23:59:59Z",
                "2026-01-01T00:00:00Z | Sunday, 29-Feb-04 00:00:00 GMT | 2004-02-29T00:00:00Z",
                "2099-12-31T23:59:59Z | Friday, 01-Jan-00 00:00:05 GMT | 2100-01-01T00:00:05Z",
                "2060-06-01T00:00:00Z | Tuesday, 29-Feb-00 00:00:00 GMT | "
            })
    void twoDigitYear_isAtMostFiftyYearsAhead(Instant now, String text, Instant expected) {
        assertEquals(expected, HttpDate.parse(text, now));
    }

    @Test
    void leapSecond_isTheNextMinutesFirst() {
        assertEquals(Instant.parse("2017-01-01T00:00:00Z"), HttpDate.parse("Sat, 31 Dec 2016 23:59:60 GMT", NOW));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "-,-,- -",
                "Sun, 06 Nov 1994 08:49:37",
                "Sun, 06 Nov 1994 08:49:37 PST",
                "Sun, 06 Nov 1994 08:49:37 +0100",
                "Sun, 06 Nov 19940 08:49:37 GMT",
                "Sun, 06 Nov 994 08:49:37 GMT",
                "Sun, 31 Feb 2026 08:49:37 GMT",
                "Sun, 00 Nov 2026 08:49:37 GMT",
                "Sun, 06 Nov 2026 24:00:00 GMT",
                "Sun, 06 Nov 2026 08:49:61 GMT",
                "Sun, 06 Nov 2026 8:49:37 GMT",
                "Xyz, 06 Nov 2026 08:49:37 GMT",
                "Su, 06 Nov 2026 08:49:37 GMT",
                "Sun, 06 Noe 2026 08:49:37 GMT",
                "Sun, \u0660\u0666 Nov 2026 08:49:37 GMT",
                "Sun, 06 Nov 2026 08:49:37 GMT and more",
                "Sun Nov  6 08:49:37 94",
                "2026-01-01T00:00:00Z"
            })
    void whatIsNoDate_isNull(String text) {
        assertNull(HttpDate.parse(text, NOW));
    }

    @Test
    void printedDates_areReadBack() {
        long seed = Long.getLong("steadymail.seed", System.nanoTime());
        Random random = new Random(seed);
        for (int i = 0; i < 2_000; i++) {
            Instant now = Instant.ofEpochSecond(random.nextLong(0, 4_000_000_000L));
            Instant date = now.plusSeconds(random.nextLong(-1_500_000_000L, 1_500_000_000L));
            OffsetDateTime fields = date.atOffset(ZoneOffset.UTC);
            for (DateTimeFormatter form : List.of(IMF, RFC_850, ASCTIME)) {
                String text = form.format(fields);
                assertEquals(date, HttpDate.parse(text, now), () -> text + " at " + now + ", seed " + seed);
            }
        }
    }

    @Test
    void randomText_neverThrows() {
        long seed = Long.getLong("steadymail.seed", System.nanoTime());
        Random random = new Random(seed);
        String alphabet = "SunNovJan0169,- :GMT\u0660\ud83d";
        for (int i = 0; i < 20_000; i++) {
            StringBuilder text = new StringBuilder();
            random.ints(random.nextInt(40), 0, alphabet.length()).forEach(c -> text.append(alphabet.charAt(c)));
            try {
                Instant unused = HttpDate.parse(text.toString(), NOW);
            } catch (RuntimeException thrown) {
                throw new AssertionError("\"" + text + "\", seed " + seed, thrown);
            }
        }
    }
}
