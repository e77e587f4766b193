package dev.steadymail.cli.mirror;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.steadymail.cli.outcome.StopReason;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class WatchTest {
    private static final Duration LOOK = Duration.ofMillis(200);
    private static final Duration THIRTY_SECONDS = Duration.ofSeconds(30);
    private static final Duration FIVE_MINUTES = Duration.ofMinutes(5);
    private static final Duration TEN_MINUTES = Duration.ofMinutes(10);

    @Test
    void silentProvider_isGivenUpAfterThirtySeconds() {
        PatienceBench bench = new PatienceBench(null);
        bench.after(THIRTY_SECONDS.minus(LOOK));
        assertNull(bench.reason());
        bench.after(LOOK.multipliedBy(2));
        assertEquals(StopReason.NEVER_REACHED, bench.reason());
        assertEquals(0, bench.time.pendingTimers());
    }

    @Test
    void reachedProvider_hasFiveMinutesForProgress() {
        PatienceBench bench = new PatienceBench(null);
        bench.watch.reached();
        bench.after(FIVE_MINUTES.minus(LOOK));
        assertNull(bench.reason());
        bench.after(LOOK.multipliedBy(2));
        assertEquals(StopReason.NO_PROGRESS, bench.reason());
    }

    @Test
    void everyProgress_beginsTheFiveMinutesAnew() {
        PatienceBench bench = new PatienceBench(null);
        for (int i = 0; i < 10; i++) {
            bench.after(Duration.ofSeconds(29));
            bench.watch.progressed();
            bench.after(Duration.ofMinutes(4));
        }
        assertNull(bench.reason());
        bench.after(FIVE_MINUTES);
        assertEquals(StopReason.NO_PROGRESS, bench.reason());
    }

    @Test
    void statedThrottle_isProgressUntilItEnds() {
        PatienceBench bench = new PatienceBench(null);
        bench.watch.observe(bench.throttled(TEN_MINUTES));
        bench.after(TEN_MINUTES.plus(FIVE_MINUTES).minus(LOOK));
        assertNull(bench.reason());
        assertEquals(1, bench.said.size(), "said once: " + bench.said);
        assertTrue(bench.said.get(0).contains("2024-03-01T12:10:00"), bench.said.get(0));
        bench.after(LOOK.multipliedBy(3));
        assertEquals(StopReason.NO_PROGRESS, bench.reason());
    }

    @Test
    void deadline_winsOverAStatedThrottle() {
        PatienceBench bench = new PatienceBench(Duration.ofMinutes(2));
        bench.watch.observe(bench.throttled(TEN_MINUTES));
        bench.after(Duration.ofMinutes(2).minus(LOOK));
        assertNull(bench.reason());
        assertFalse(bench.watch.allows(TEN_MINUTES));
        bench.after(LOOK.multipliedBy(2));
        assertEquals(StopReason.DEADLINE, bench.reason());
    }

    @Test
    void stepOfTheWallClock_changesNothing() {
        PatienceBench bench = new PatienceBench(Duration.ofHours(1));
        bench.watch.progressed();
        bench.time.stepClock(Duration.ofDays(2));
        bench.after(LOOK);
        bench.time.stepClock(Duration.ofDays(-4));
        bench.after(LOOK);
        assertNull(bench.reason());
    }

    @Test
    void closedWatch_looksNoMore() {
        PatienceBench bench = new PatienceBench(Duration.ofSeconds(1));
        bench.watch.close();
        bench.after(TEN_MINUTES);
        assertNull(bench.reason());
        assertEquals(0, bench.time.pendingTimers());
    }
}
