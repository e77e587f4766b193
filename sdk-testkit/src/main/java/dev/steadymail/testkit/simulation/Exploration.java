package dev.steadymail.testkit.simulation;

import java.util.function.Consumer;

/** Which worlds a scenario is played in. */
record Exploration(long firstSeed, int runs) {
    static final String SEED = "steadymail.seed";
    static final String RUNS = "steadymail.runs";

    static Exploration of(int runs) {
        String seed = System.getProperty(SEED);
        if (seed != null) {
            return new Exploration(number(SEED, seed), 1);
        }
        String wanted = System.getProperty(RUNS);
        return new Exploration(1, wanted == null ? runs : Math.toIntExact(number(RUNS, wanted)));
    }

    Exploration {
        if (runs < 1) {
            throw new IllegalArgumentException("runs must be at least 1, was " + runs);
        }
    }

    void play(Consumer<Simulation> scenario) {
        for (int run = 0; run < runs; run++) {
            playOnce(firstSeed + run, scenario);
        }
    }

    private static void playOnce(long seed, Consumer<Simulation> scenario) {
        Simulation simulation = Simulation.withSeed(seed);
        try {
            scenario.accept(simulation);
        } catch (RuntimeException | AssertionError failure) {
            throw new AssertionError(
                    failure.getMessage() + " [" + simulation + "; again with -D" + SEED + "=" + seed + "]", failure);
        }
    }

    private static long number(String property, String value) {
        try {
            return Long.parseLong(value);
        } catch (NumberFormatException notANumber) {
            throw new IllegalArgumentException("-D" + property + " must be a whole number, was " + value, notANumber);
        }
    }
}
