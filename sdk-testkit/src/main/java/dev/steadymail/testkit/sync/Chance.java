package dev.steadymail.testkit.sync;

import dev.steadymail.testkit.simulation.Simulation;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * The chance of one seed. Other clients act on a server's thread while the sync waits on its own, one after the other: the lock hands
 * what was drawn from one thread to the next. Thread-safe.
 */
final class Chance {
    private final Simulation simulation;
    private final RandomGenerator choices;

    Chance(Simulation simulation, String name) {
        this.simulation = simulation;
        this.choices = simulation.choices(name);
    }

    int below(int bound) {
        synchronized (simulation) {
            return choices.nextInt(bound);
        }
    }

    boolean happens(String point, double probability) {
        synchronized (simulation) {
            return simulation.happens(point, probability);
        }
    }

    <T> T any(List<T> all) {
        return all.get(below(all.size()));
    }

    RandomGenerator generator() {
        return () -> {
            synchronized (simulation) {
                return choices.nextLong();
            }
        };
    }
}
