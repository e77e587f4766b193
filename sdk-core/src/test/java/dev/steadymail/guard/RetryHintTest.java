package dev.steadymail.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryHintTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0 | 2026-01-01T00:00:00Z",
                "3 | 2026-01-01T00:00:03Z",
                "' 120 ' | 2026-01-01T00:02:00Z",
                "0000000000000000000000000000000007 | 2026-01-01T00:00:07Z",
                "604800 | 2026-01-08T00:00:00Z",
                "604801 | 2026-01-08T00:00:00Z",
                "9223372036854775807 | 2026-01-08T00:00:00Z",
                "99999999999999999999999999 | 2026-01-08T00:00:00Z",
                "Thu, 01 Jan 2026 00:01:00 GMT | 2026-01-01T00:01:00Z",
                "Thursday, 01-Jan-26 00:01:00 GMT | 2026-01-01T00:01:00Z",
                "Thu Jan  1 00:01:00 2026 | 2026-01-01T00:01:00Z",
                "Fri, 01 Jan 9999 00:00:00 GMT | 2026-01-08T00:00:00Z"
            })
    void header_statesATime(String value, Instant expected) {
        assertEquals(expected, RetryHint.header(value, NOW));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                " ",
                "-1",
                "+3",
                "3.5",
                "3s",
                "3, 4",
                "0x10",
                "\uff13",
                "\u0663",
                "soon",
                "NaN",
                "Wed, 31 Dec 2025 23:59:59 GMT",
                "Thu, 32 Jan 2026 00:01:00 GMT",
                "2026-01-01T00:01:00Z"
            })
    void header_thatStatesNone(String value) {
        assertNull(RetryHint.header(value, NOW));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "User-rate limit exceeded. Retry after 2026-01-01T00:00:00.392Z | 2026-01-01T00:00:00.392Z",
                "User-rate limit exceeded.  Retry after 2026-01-01T00:55:00.392Z (Mail sending) | 2026-01-01T00:55:00.392Z",
                "RETRY AFTER: 2026-01-01T01:00:05+01:00 | 2026-01-01T00:00:05Z",
                "retry after 2027-01-01T00:00:00Z | 2026-01-08T00:00:00Z",
                "Retry after now, retry after 2026-01-01T00:00:09Z | 2026-01-01T00:00:09Z",
                "Request is throttled. Suggested Backoff Time: 178755 milliseconds | 2026-01-01T00:02:58.755Z",
                "suggested backoff time:1 milliseconds | 2026-01-01T00:00:00.001Z",
                "Suggested Backoff Time: 0 milliseconds | 2026-01-01T00:00:00Z",
                "Suggested Backoff Time: 99999999999999999999 milliseconds | 2026-01-08T00:00:00Z",
                "Suggested Backoff Time: 5 milliseconds. Retry after 2026-01-01T00:00:01Z | 2026-01-01T00:00:01Z",
                "Suggested Backoff Time: 5000 milliseconds. Retry after 2026-01-01T00:00:01Z | 2026-01-01T00:00:05Z"
            })
    void text_statesATime(String message, Instant expected) {
        assertEquals(expected, RetryHint.text(message, NOW));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Retry after",
                "Retry after 3",
                "Retry after yesterday",
                "Retry after 2025-12-31T23:59:59Z",
                "Retry after 2026-02-30T00:00:00Z",
                "Retry after 2026-01-01T25:00:00Z",
                "Retry after 2026-01-01T00:00:05",
                "Retry after 2026-01-01T00:00:05+99:00",
                "Retry after \u0662\u0660\u0662\u0666-01-01T00:00:05Z",
                "Suggested Backoff Time: -5 milliseconds",
                "Suggested Backoff Time: 5 seconds",
                "Suggested Backoff Time: milliseconds"
            })
    void text_thatStatesNone(String message) {
        assertNull(RetryHint.text(message, NOW));
    }

    @Test
    void statedWaits_areReadBackToTheMillisecond() {
        long seed = Long.getLong("steadymail.seed", System.nanoTime());
        Random random = new Random(seed);
        for (int i = 0; i < 5_000; i++) {
            Instant now = Instant.ofEpochMilli(random.nextLong(0, 4_000_000_000_000L));
            long millis = random.nextLong(RetryHint.LONGEST.toMillis() + 1);
            Instant at = now.plusMillis(millis);
            String context = at + " at " + now + ", seed " + seed;
            assertEquals(at, RetryHint.text("x. Retry after " + at + " y", now), context);
            assertEquals(at, RetryHint.text("Suggested Backoff Time: " + millis + " milliseconds", now), context);
            assertEquals(
                    now.plusSeconds(millis / 1_000), RetryHint.header(String.valueOf(millis / 1_000), now), context);
        }
    }

    @Test
    void whateverIsWritten_theWaitIsBounded() {
        long seed = Long.getLong("steadymail.seed", System.nanoTime());
        Random random = new Random(seed);
        List<String> pieces = List.of(
                "Retry after ",
                "Suggested Backoff Time: ",
                " milliseconds",
                "2026-01-0",
                "1T00:00:0",
                "0Z",
                "9",
                "99999999",
                ".5",
                "+18:00",
                " GMT",
                "Thu, 01 Jan ",
                "\u0000",
                "\ud800");
        for (int i = 0; i < 20_000; i++) {
            StringBuilder text = new StringBuilder();
            random.ints(random.nextInt(8), 0, pieces.size()).forEach(piece -> text.append(pieces.get(piece)));
            assertBounded(RetryHint.text(text.toString(), NOW), text + ", seed " + seed);
            assertBounded(RetryHint.header(text.toString(), NOW), text + ", seed " + seed);
        }
    }

    /** A quadratic reader would need minutes for these. */
    @Test
    void longText_isReadInTime() {
        String hostile = "retry after 2026-01-01T00:00:00." + "suggested backoff time:    9".repeat(100_000);
        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> {
            assertNull(RetryHint.text(hostile, NOW));
            assertNull(RetryHint.text("suggested backoff time: " + "9".repeat(2_000_000), NOW));
            assertNull(RetryHint.header("9".repeat(2_000_000), NOW));
            assertNull(RetryHint.header("Sun, " + "-".repeat(2_000_000), NOW));
        });
    }

    private static void assertBounded(Instant at, String context) {
        assertTrue(at == null || (!at.isBefore(NOW) && !at.isAfter(NOW.plus(RetryHint.LONGEST))), context);
    }
}
