package dev.steadymail.testkit.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.steadymail.time.Scheduler;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class TraceTest {
    @Test
    void trace_sameSeedSameWorld_isTheSame() {
        assertEquals(ticking(7, Duration.ofMillis(10)), ticking(7, Duration.ofMillis(10)));
        assertNotEquals(ticking(7, Duration.ofMillis(10)), ticking(8, Duration.ofMillis(10)));
        assertNotEquals(ticking(7, Duration.ofMillis(10)), ticking(7, Duration.ofMillis(11)));
    }

    @Test
    void trace_seesDrawsFaultsAndNotes() {
        Simulation simulation = Simulation.withSeed(1);
        Set<Long> traces = new HashSet<>(Set.of(simulation.trace()));
        simulation.note(1);
        assertTrue(traces.add(simulation.trace()));
        simulation.choices("any").nextInt();
        assertTrue(traces.add(simulation.trace()));
        simulation.happens("any", 0.5);
        assertTrue(traces.add(simulation.trace()));
    }

    /** A world of some restless timers, some of which cancel others. */
    private static long ticking(long seed, Duration step) {
        Simulation world = Simulation.withSeed(seed);
        RandomGenerator choices = world.choices("ticks");
        Scheduler.Timer[] timers = new Scheduler.Timer[50];
        for (int i = 0; i < 20_000; i++) {
            int slot = choices.nextInt(timers.length);
            if (timers[slot] != null) {
                timers[slot].cancel();
            }
            timers[slot] = world.after(step.multipliedBy(choices.nextInt(40)), () -> world.note(slot));
            world.run(step);
        }
        assertTrue(world.events() > 1_000, world::toString);
        return world.trace();
    }
}
