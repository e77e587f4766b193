package dev.steadymail.testkit.guard;

import dev.steadymail.testkit.simulation.Simulation;
import java.time.Duration;
import java.util.random.RandomGenerator;

/** A mail provider in virtual time: mailboxes that share a project's quota, and troubles that all of them share. */
final class SimulatedProvider {
    final Simulation simulation;
    final ProviderRules rules;
    final UnitWindow projectUnits;
    private final RandomGenerator phases;
    Trouble trouble = Trouble.NONE;
    Duration statedWait = Duration.ofSeconds(30);
    long sent;
    long served;
    long servedUnits;
    long refusedForUnits;
    long refusedForConcurrency;

    SimulatedProvider(Simulation simulation, ProviderRules rules) {
        this.simulation = simulation;
        this.rules = rules;
        this.phases = simulation.choices("provider.phase");
        this.projectUnits = window(rules.projectUnits());
    }

    SimulatedMailbox mailbox(String name) {
        return new SimulatedMailbox(this, simulation.choices("mailbox." + name), window(rules.userUnits()));
    }

    /** Lets everybody meet a trouble for some time. */
    void trouble(Trouble kind, Duration from, Duration length) {
        simulation.at(from, () -> trouble = kind);
        simulation.at(from.plus(length), () -> trouble = Trouble.NONE);
    }

    long refused() {
        return refusedForUnits + refusedForConcurrency;
    }

    private UnitWindow window(long units) {
        return rules.counting().open(units, ProviderRules.WINDOW, phases.nextLong(ProviderRules.WINDOW.toNanos()));
    }

    @Override
    public String toString() {
        return "sent " + sent + ", served " + served + ", refused for units " + refusedForUnits + ", for concurrency "
                + refusedForConcurrency + ", project peak " + projectUnits.peak();
    }
}
