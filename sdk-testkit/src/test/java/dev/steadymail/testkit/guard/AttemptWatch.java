package dev.steadymail.testkit.guard;

import dev.steadymail.testkit.simulation.Simulation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Sees every attempt of one account start and end, and what that breaks. An exception thrown there would reach nobody but the guard. */
final class AttemptWatch {
    private final Simulation simulation;
    private final int maxInFlight;
    private final SlidingUnits starts;
    private final SlidingUnits units;
    private final List<String> violations = new ArrayList<>();
    int inFlight;
    long started;

    AttemptWatch(
            Simulation simulation, int maxInFlight, int startsPerInterval, Duration interval, long unitsPerMinute) {
        this.simulation = simulation;
        this.maxInFlight = maxInFlight;
        this.starts = new SlidingUnits(startsPerInterval, interval.toNanos());
        this.units = new SlidingUnits(unitsPerMinute, ProviderRules.WINDOW.toNanos());
    }

    void start() {
        started++;
        inFlight++;
        if (inFlight > maxInFlight) {
            violations.add(inFlight + " in flight, limit " + maxInFlight + ", at " + simulation.elapsed());
        }
        if (!starts.take(simulation.elapsed().toNanos(), 1)) {
            violations.add("more starts than the cap in the interval that ends at " + simulation.elapsed());
        }
    }

    void arrive(int charged) {
        if (!units.take(simulation.elapsed().toNanos(), charged)) {
            violations.add("more units than the quota in the minute that ends at " + simulation.elapsed());
        }
    }

    void end() {
        inFlight--;
    }

    List<String> violations() {
        return violations;
    }
}
