package dev.steadymail.hybrid;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.steadymail.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class ByteMeterTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private long nanos = 17;
    private final TimeSource time = new TimeSource(
            () -> START.plusNanos(nanos - 17),
            () -> nanos,
            (task, delay) -> {
                throw new AssertionError("a meter waits for nothing");
            },
            RandomGenerator.getDefault());
    private final ByteMeter meter = new ByteMeter(time);

    ByteMeterTest() {
        meter.limit(100_000_000);
    }

    private void pass(Duration duration) {
        nanos += duration.toNanos();
    }

    @Test
    void underSixtyPercent_nothingWaits() {
        meter.add(59_999_999);
        assertFalse(meter.isSlow());
        assertEquals(Duration.ZERO, meter.pause());
        assertNull(meter.wholeAt());
    }

    @Test
    void overSixtyPercent_whatIsLeftLastsForAnHour() {
        meter.add(60_000_000);
        assertEquals(Duration.ZERO, meter.pause());
        meter.add(5_000_000);
        assertEquals(15, meter.pause().toMinutes());
        pass(Duration.ofMinutes(10));
        assertEquals(5, meter.pause().toMinutes());
        pass(Duration.ofMinutes(5));
        assertEquals(Duration.ZERO, meter.pause());
        assertFalse(meter.isSpent());
    }

    @Test
    void eightyPercent_isSpentUntilUnderSixtyCount() {
        meter.add(30_000_000);
        pass(Duration.ofHours(2));
        meter.add(50_000_000);
        assertTrue(meter.isSpent());
        assertFalse(meter.isOver());
        assertEquals(START.plus(Duration.ofHours(25)), meter.wholeAt());
        pass(Duration.ofHours(23).minusNanos(1));
        assertTrue(meter.isSpent());
        pass(Duration.ofNanos(1));
        assertFalse(meter.isSpent());
        assertEquals(50_000_000, meter.used());
        pass(Duration.ofHours(2));
        assertEquals(0, meter.used());
    }

    @Test
    void betweenSixtyAndEightyPercent_whatWasSpentStaysSo() {
        meter.add(25_000_000);
        pass(Duration.ofHours(1));
        meter.add(60_000_000);
        assertTrue(meter.isSpent());
        pass(Duration.ofHours(24));
        assertEquals(60_000_000, meter.used());
        assertTrue(meter.isSpent());
        pass(Duration.ofHours(1));
        assertFalse(meter.isSpent());
    }

    @Test
    void longSilence_forgetsAll() {
        meter.add(90_000_000);
        assertTrue(meter.isOver());
        pass(Duration.ofDays(400));
        assertEquals(0, meter.used());
        meter.add(1);
        assertEquals(1, meter.used());
    }
}
