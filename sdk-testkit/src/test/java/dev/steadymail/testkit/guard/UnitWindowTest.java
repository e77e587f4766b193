package dev.steadymail.testkit.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.steadymail.testkit.simulation.Simulation;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class UnitWindowTest {
    @Test
    void fixed_countsAnewAtEachPhase() {
        FixedUnits window = new FixedUnits(10, 100, 30);
        assertTrue(window.take(29, 10));
        assertTrue(window.take(30, 10));
        assertFalse(window.take(129, 1));
        assertTrue(window.take(130, 1));
        assertEquals(10, window.peak());
    }

    @Test
    void sliding_forgetsAtTheWindowsLength() {
        SlidingUnits window = new SlidingUnits(10, 100);
        assertTrue(window.take(30, 10));
        assertFalse(window.take(129, 1));
        assertTrue(window.take(130, 10));
    }

    @Test
    void sliding_isLikeCountingEverythingAnew() {
        Simulation.explore(50, simulation -> {
            RandomGenerator choices = simulation.choices("charges");
            SlidingUnits window = new SlidingUnits(100, 1_000);
            List<long[]> charged = new ArrayList<>();
            long now = 0;
            for (int i = 0; i < 2_000; i++) {
                now += choices.nextInt(60);
                int units = 1 + choices.nextInt(20);
                boolean room = units + used(charged, now - 1_000) <= 100;
                assertEquals(room, window.take(now, units));
                if (room) {
                    charged.add(new long[] {now, units});
                }
            }
            assertTrue(charged.size() < 1_990, "never full");
        });
    }

    private static long used(List<long[]> charged, long after) {
        return charged.stream()
                .filter(charge -> charge[0] > after)
                .mapToLong(charge -> charge[1])
                .sum();
    }
}
