package dev.steadymail.testkit.simulation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.steadymail.time.Deadline;
import dev.steadymail.time.Scheduler;
import dev.steadymail.time.TimeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class SimulationTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final Simulation simulation = Simulation.withSeed(1);
    private final TimeSource time = simulation.time();
    private final List<String> happened = new ArrayList<>();

    @Test
    void run_showsEachEventItsOwnTime() {
        simulation.after(Duration.ofSeconds(3), () -> happened.add(time.now().toString()));
        simulation.at(Duration.ofSeconds(2), () -> happened.add(time.now().toString()));
        simulation.run(Duration.ofSeconds(10));
        assertEquals(
                List.of(
                        Simulation.START.plusSeconds(2).toString(),
                        Simulation.START.plusSeconds(3).toString()),
                happened);
        assertEquals(Simulation.START.plusSeconds(10), time.now());
    }

    @Test
    void run_includesItsEnd_andWhatEventsSetForIt() {
        simulation.after(SECOND, () -> simulation.after(Duration.ZERO, () -> happened.add("inner")));
        simulation.run(SECOND);
        assertEquals(List.of("inner"), happened);
        assertEquals(0, simulation.waiting());
    }

    @Test
    void schedule_withoutDelay_runsAfterTheCallThatSetIt() {
        simulation.after(SECOND, () -> {
            Scheduler.Timer unused = time.scheduler().schedule(() -> happened.add("timer"), Duration.ZERO);
            happened.add("setter");
        });
        simulation.run(SECOND);
        assertEquals(List.of("setter", "timer"), happened);
    }

    @Test
    void schedule_forLongerThanTime_isRefusedByNothing() {
        Scheduler.Timer unused =
                time.scheduler().schedule(() -> happened.add("never"), Duration.ofSeconds(Long.MAX_VALUE));
        simulation.run(Duration.ofDays(3_650));
        assertEquals(List.of(), happened);
        assertEquals(1, simulation.waiting());
    }

    @Test
    void at_aTimeThatIsOver_happensNow() {
        simulation.run(Duration.ofMinutes(1));
        simulation.at(SECOND, () -> happened.add(simulation.elapsed().toString()));
        simulation.run(Duration.ZERO);
        assertEquals(List.of("PT1M"), happened);
    }

    @Test
    void runUntil_stopsAtTheEventThatMadeItSo() {
        simulation.after(SECOND, () -> happened.add("one"));
        simulation.after(Duration.ofSeconds(2), () -> happened.add("two"));
        assertTrue(simulation.runUntil(() -> !happened.isEmpty(), Duration.ofHours(1)));
        assertEquals(SECOND, simulation.elapsed());
        assertFalse(simulation.runUntil(() -> happened.size() > 2, SECOND));
        assertEquals(Duration.ofSeconds(2), simulation.elapsed());
    }

    @Test
    void run_insideAnEvent_isRefused() {
        simulation.after(SECOND, () -> simulation.run(SECOND));
        assertThrows(IllegalStateException.class, () -> simulation.run(SECOND));
        assertThrows(IllegalArgumentException.class, () -> simulation.run(SECOND.negated()));
    }

    @Test
    void schedule_onAnotherThread_isRefused() {
        CompletableFuture<?> other = CompletableFuture.supplyAsync(() -> simulation.after(SECOND, () -> {}));
        ExecutionException refused = assertThrows(ExecutionException.class, () -> other.get(10, TimeUnit.SECONDS));
        assertSame(IllegalStateException.class, refused.getCause().getClass());
    }

    @Test
    void events_withoutEndAtOneInstant_areFound() {
        simulation.after(Duration.ZERO, new Runnable() {
            @Override
            public void run() {
                simulation.after(Duration.ZERO, this);
            }
        });
        IllegalStateException stuck = assertThrows(IllegalStateException.class, () -> simulation.run(SECOND));
        assertTrue(stuck.getMessage().startsWith("time stands still"), stuck::getMessage);
    }

    @Test
    void stepClock_leavesTickerAndTimersAlone() {
        long before = time.nanoTime();
        simulation.after(SECOND, () -> happened.add("due"));
        simulation.stepClock(Duration.ofDays(-1));
        assertEquals(before, time.nanoTime());
        assertEquals(Simulation.START.minus(Duration.ofDays(1)), time.now());
        simulation.run(SECOND);
        assertEquals(List.of("due"), happened);
        assertEquals(before + SECOND.toNanos(), time.nanoTime());
    }

    @Test
    void ticker_startsAnywhere_andOverflowsInSomeWorlds() {
        Set<Boolean> overflowed = new HashSet<>();
        Simulation.explore(40, world -> {
            long before = world.time().nanoTime();
            Deadline deadline = world.time().deadline(Duration.ofHours(1));
            world.run(Duration.ofMinutes(59));
            assertFalse(deadline.hasPassed());
            overflowed.add(world.time().nanoTime() < before);
            world.run(Duration.ofMinutes(1));
            assertTrue(deadline.hasPassed());
        });
        assertEquals(Set.of(true, false), overflowed);
    }

    @Test
    void choices_ofOneName_areTheSameInEveryRun_andApartFromOthers() {
        RandomGenerator one = simulation.choices("one");
        long[] alone = one.longs(100).toArray();
        Simulation again = Simulation.withSeed(1);
        long[] beside = new long[100];
        for (int i = 0; i < beside.length; i++) {
            again.choices("two").nextLong();
            beside[i] = again.choices("one").nextLong();
            again.time().random().nextLong();
        }
        assertArrayEquals(alone, beside);
        assertNotEquals(alone[0], simulation.choices("two").nextLong());
        assertNotEquals(alone[0], Simulation.withSeed(2).choices("one").nextLong());
        assertSame(one, simulation.choices("one"));
    }

    @Test
    void happens_asOftenAsItsProbabilitySays_andIsCounted() {
        for (int i = 0; i < 100_000; i++) {
            simulation.happens("often", 0.25);
            assertFalse(simulation.happens("never", 0));
            assertTrue(simulation.happens("always", 1));
        }
        Map<String, Long> faults = simulation.faults();
        assertEquals(0, faults.get("never"));
        assertEquals(100_000, faults.get("always"));
        assertEquals(25_000, faults.get("often"), 700);
        assertThrows(IllegalArgumentException.class, () -> simulation.happens("wrong", Double.NaN));
        assertThrows(IllegalArgumentException.class, () -> simulation.happens("wrong", 1.01));
    }
}
