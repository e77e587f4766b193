package dev.steadymail.testkit.guard;

import dev.steadymail.testkit.simulation.Simulation;
import java.time.Duration;
import java.util.random.RandomGenerator;

/** Something that happens by chance at a rate, each time whatever happened before: a Poisson process. */
final class Arrivals implements Runnable {
    private static final double MINUTE_NANOS = 60e9;

    private final Simulation simulation;
    private final RandomGenerator choices;
    private final double perMinute;
    private final Duration until;
    private final Runnable arrival;

    private Arrivals(
            Simulation simulation, RandomGenerator choices, double perMinute, Duration until, Runnable arrival) {
        this.simulation = simulation;
        this.choices = choices;
        this.perMinute = perMinute;
        this.until = until;
        this.arrival = arrival;
    }

    /** Begins; a rate of 0 never arrives. */
    static void start(
            Simulation simulation, RandomGenerator choices, double perMinute, Duration until, Runnable arrival) {
        if (perMinute > 0) {
            new Arrivals(simulation, choices, perMinute, until, arrival).next();
        }
    }

    @Override
    public void run() {
        if (simulation.elapsed().compareTo(until) < 0) {
            arrival.run();
            next();
        }
    }

    private void next() {
        double gap = -Math.log(1 - choices.nextDouble()) * MINUTE_NANOS / perMinute;
        simulation.after(Duration.ofNanos((long) gap), this);
    }
}
