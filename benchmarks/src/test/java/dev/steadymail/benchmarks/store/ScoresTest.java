package dev.steadymail.benchmarks.store;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ScoresTest {
    @Test
    void table_severalTurns_takesTheRatioWithinEach() {
        Scores scores = new Scores();
        double[] load = {1, 10, 100};
        for (double slower : load) {
            scores.add(Contestant.FILES, Measure.CHANGES, slower);
            scores.add(Contestant.SQLITE, Measure.CHANGES, 3 * slower);
        }
        String line = "| 10.0 (1.0 to 100.0) | 30.0 (3.0 to 300.0) | 3.00 (3.00 to 3.00) |";
        assertTrue(scores.table("any").contains(line), scores.table("any"));
    }
}
