package dev.steadymail.testkit.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExplorationTest {
    private final List<Long> seeds = new ArrayList<>();

    @Test
    void play_takesOneSeedAfterTheOther() {
        new Exploration(1, 3).play(simulation -> seeds.add(simulation.seed()));
        assertEquals(List.of(1L, 2L, 3L), seeds);
    }

    @Test
    void play_lastSeedOfAll_isPlayed() {
        new Exploration(Long.MAX_VALUE, 1).play(simulation -> seeds.add(simulation.seed()));
        assertEquals(List.of(Long.MAX_VALUE), seeds);
    }

    @Test
    void play_failure_namesTheSeedThatDoesItAgain() {
        IllegalArgumentException cause = new IllegalArgumentException("lost a permit");
        AssertionError failure = assertThrows(
                AssertionError.class,
                () -> new Exploration(1, 9).play(simulation -> {
                    simulation.run(Duration.ofMinutes(3));
                    if (simulation.seed() == 5) {
                        throw cause;
                    }
                }));
        assertEquals(cause, failure.getCause());
        assertTrue(failure.getMessage().startsWith("lost a permit [seed 5 after PT3M "), failure::getMessage);
        assertTrue(failure.getMessage().endsWith("again with -Dsteadymail.seed=5]"), failure::getMessage);
    }

    @Test
    void play_noRun_isRefused() {
        assertThrows(IllegalArgumentException.class, () -> new Exploration(1, 0));
    }
}
