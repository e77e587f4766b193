package dev.steadymail.cache;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.steadymail.cache.CacheStatistics.OfKind;
import dev.steadymail.cache.shared.SharedLevel;
import dev.steadymail.cache.shared.SimulatedLevel;
import dev.steadymail.cache.shared.SimulatedLevel.Handle;
import dev.steadymail.cache.shared.SimulatedLevel.Trouble;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Plays random worlds, {@code -Dsteadymail.runs} of them, or {@code -Dsteadymail.seed} alone. */
class FreshnessModelTest {
    private static final int RUNS = Integer.getInteger("steadymail.runs", 60);

    @Test
    @Timeout(1_200)
    void oneProcess_readsNothingOlderThanTheBound_andItsOwnChanges() {
        Totals totals = new Totals();
        seeds().forEach(seed -> {
            List<SharedLevel> alone = List.of(NoSharedLevel.NONE);
            try (FreshnessWorld world = new FreshnessWorld(seed, new ManualClock(), alone, CacheSettings.DEFAULT)) {
                world.play(random -> {});
                totals.add(world);
            }
        });
        totals.print("one process");
        assertTrue(single() || totals.hits * 4 > totals.checked, totals::toString);
    }

    /** The level beneath is away, mute, deaf for some, is flushed, and goes back to what a replica had. */
    @Test
    @Timeout(1_200)
    void processesThatShare_readNothingOlderThanTheBound_andTheirOwnChanges() {
        Totals totals = new Totals();
        seeds().forEach(seed -> {
            ManualClock clock = new ManualClock();
            SimulatedLevel level = new SimulatedLevel(clock::nanos);
            List<Handle> handles = List.of(level.open(), level.open());
            try (FreshnessWorld world = new FreshnessWorld(seed, clock, handles, CacheSettings.DEFAULT)) {
                world.play(random -> disturb(random, level, handles));
                totals.add(world);
            }
        });
        totals.print("two processes");
        assertTrue(single() || totals.shared * 20 > totals.checked, totals::toString);
    }

    /** The application knows emails from elsewhere, as they were up to a minute ago. */
    @Test
    @Timeout(1_200)
    void withASource_nothingIsOlderThanItsBound_andOwnChangesAreSeen() {
        Totals totals = new Totals();
        CacheSettings settings = CacheSettings.DEFAULT.withSourceFreshFor(Duration.ofMinutes(1));
        seeds().forEach(seed -> {
            ManualClock clock = new ManualClock();
            SimulatedLevel level = new SimulatedLevel(clock::nanos);
            List<SharedLevel> levels = List.of(level.open(), NoSharedLevel.NONE);
            try (FreshnessWorld world = FreshnessWorld.knowing(seed, clock, levels, settings)) {
                world.play(random -> {});
                totals.add(world);
            }
        });
        totals.print("with a source");
        assertTrue(single() || totals.sourced * 20 > totals.checked, totals::toString);
    }

    private static void disturb(Random random, SimulatedLevel level, List<Handle> handles) {
        Handle one = handles.get(random.nextInt(handles.size()));
        switch (random.nextInt(24)) {
            case 0 -> one.trouble(Trouble.AWAY);
            case 1 -> one.trouble(Trouble.MUTE);
            case 2 -> one.trouble(Trouble.DEAF);
            case 3 -> level.flush();
            case 4 -> level.replicate();
            case 5 -> level.failOver();
            case 6, 7, 8, 9, 10 -> one.trouble(Trouble.NONE);
            default -> {
                // As before.
            }
        }
    }

    private static LongStream seeds() {
        Long one = Long.getLong("steadymail.seed");
        return one == null ? LongStream.range(0, RUNS) : LongStream.of(one);
    }

    private static boolean single() {
        return Long.getLong("steadymail.seed") != null;
    }

    /** Over all worlds. */
    private static final class Totals {
        long checked;
        long hits;
        long shared;
        long sourced;

        void add(FreshnessWorld world) {
            checked += world.checked();
            hits += world.sum(OfKind::hits);
            shared += world.sum(OfKind::sharedHits);
            sourced += world.sum(OfKind::sourced);
        }

        void print(String who) {
            System.out.println("cache model, " + who + ": " + this);
        }

        @Override
        public String toString() {
            return checked + " answers checked, " + hits + " times something was in memory, " + shared
                    + " times in the shared level, " + sourced + " times in a source";
        }
    }
}
