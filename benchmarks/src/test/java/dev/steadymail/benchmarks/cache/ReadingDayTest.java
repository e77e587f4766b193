package dev.steadymail.benchmarks.cache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.steadymail.benchmarks.cache.Day.Cursor;
import dev.steadymail.cache.CacheSettings;
import dev.steadymail.cache.MailCache;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** The replay counts as the trace's own oracle does, and a cache in memory comes near to what is possible. */
class ReadingDayTest {
    @Test
    @EnabledIfEnvironmentVariable(named = "STEADYMAIL_SHARED", matches = ".+")
    void ceiling_isWhatTheTraceSays() throws IOException {
        Ceiling ceiling = Ceiling.of(day());
        assertEquals(409_112, ceiling.score().lookUps());
        assertEquals(8_017_011, ceiling.without());
        assertEquals(0.9435, ceiling.score().hitRate(), 0.00005);
        assertEquals(0.9519, 1 - (double) ceiling.score().units() / ceiling.without(), 0.00005);
    }

    @Test
    @EnabledIfEnvironmentVariable(named = "STEADYMAIL_SHARED", matches = ".+")
    void cacheInMemory_withALiveCursor_isWithinAPercentOfTheCeiling_andNeverOld() throws IOException {
        List<Step> steps = day();
        TraceClock clock = new TraceClock();
        try (Day day = new Day(clock, MailCache.inMemory(CacheSettings.DEFAULT, clock, stale -> {}), Cursor.LIVE)) {
            Score score = day.replay(steps);
            assertTrue(score.hitRate() >= 0.93, score::misses);
            assertTrue(score.units() <= 0.06 * Ceiling.of(steps).without(), score::misses);
            assertEquals(0, day.old());
        }
    }

    @Test
    @EnabledIfEnvironmentVariable(named = "STEADYMAIL_SHARED", matches = ".+")
    void withoutACache_everythingIsAskedFor() throws IOException {
        List<Step> steps = day();
        try (Day day = new Day(new TraceClock(), null, Cursor.DOWN)) {
            Score score = day.replay(steps);
            assertEquals(0, score.hitRate());
            assertEquals(Ceiling.of(steps).without(), score.units());
        }
    }

    private static List<Step> day() throws IOException {
        return Step.read(Path.of(System.getenv("STEADYMAIL_SHARED"), "traces", "reading-day.tsv"));
    }
}
