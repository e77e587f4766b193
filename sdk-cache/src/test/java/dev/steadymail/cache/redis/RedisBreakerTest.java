package dev.steadymail.cache.redis;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RedisBreakerTest {
    private long now = 7;
    private final RedisBreaker breaker = new RedisBreaker(() -> now);

    @Test
    void late_restsForASecond_thenLetsOneAsk() {
        assertTrue(breaker.admits());
        breaker.late();
        assertFalse(breaker.admits());
        pass(Duration.ofMillis(999));
        assertFalse(breaker.admits());
        pass(Duration.ofMillis(1));
        assertTrue(breaker.admits());
        assertFalse(breaker.admits());
        assertFalse(breaker.admits());
        breaker.answered();
        assertTrue(breaker.admits());
        assertFalse(breaker.isOpen());
    }

    @Test
    void late_inARow_restsLonger_upToFiveSeconds() {
        for (Duration rest : new Duration[] {
            Duration.ofSeconds(1),
            Duration.ofSeconds(2),
            Duration.ofSeconds(4),
            Duration.ofSeconds(5),
            Duration.ofSeconds(5)
        }) {
            breaker.late();
            pass(rest.minusNanos(1));
            assertFalse(breaker.admits());
            pass(Duration.ofNanos(1));
            assertTrue(breaker.admits());
        }
    }

    @Test
    void late_ofThoseUnderWay_countsOnce() {
        breaker.late();
        breaker.late();
        pass(Duration.ofSeconds(1));
        assertTrue(breaker.admits());
    }

    @Test
    void learnedNothing_letsAnotherAsk() {
        breaker.late();
        pass(Duration.ofSeconds(1));
        assertTrue(breaker.admits());
        breaker.learnedNothing();
        assertTrue(breaker.admits());
        assertTrue(breaker.isOpen());
    }

    private void pass(Duration time) {
        now += time.toNanos();
    }
}
