package dev.steadymail.time;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DeadlineTest {
    /** Close to where the ticker wraps around, which the JDK allows. */
    private long nanos = Long.MAX_VALUE - 5;

    private final TimeSource time =
            new TimeSource(InstantSource.system(), () -> nanos, (task, delay) -> () -> {}, new Random(1));

    @Test
    void deadline_acrossTheTickersWrap_countsDown() {
        Deadline deadline = time.deadline(Duration.ofNanos(100));
        assertEquals(Duration.ofNanos(100), deadline.remaining());
        nanos += 99;
        assertFalse(deadline.hasPassed());
        nanos += 1;
        assertTrue(deadline.hasPassed());
        assertEquals(Duration.ZERO, deadline.remaining());
    }

    @Test
    void allows_onlyWaitsThatEndBefore() {
        Deadline deadline = time.deadline(Duration.ofSeconds(10));
        assertTrue(deadline.allows(Duration.ofSeconds(10).minusNanos(1)));
        assertFalse(deadline.allows(Duration.ofSeconds(10)));
    }

    @Test
    void atMost_isTheShorterOne() {
        Deadline deadline = time.deadline(Duration.ofSeconds(10));
        assertEquals(Duration.ofSeconds(3), deadline.atMost(Duration.ofSeconds(3)));
        assertEquals(Duration.ofSeconds(10), deadline.atMost(Duration.ofSeconds(30)));
    }

    @Test
    void extremeTimeouts_areBounded() {
        assertEquals(
                Duration.ofDays(365),
                time.deadline(Duration.ofSeconds(Long.MAX_VALUE)).remaining());
        assertTrue(time.deadline(Duration.ofSeconds(Long.MIN_VALUE / 2)).hasPassed());
    }
}
