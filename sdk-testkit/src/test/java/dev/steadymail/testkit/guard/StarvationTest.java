package dev.steadymail.testkit.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.steadymail.mail.Lane;
import dev.steadymail.testkit.simulation.Simulation;
import java.time.Duration;
import java.util.random.RandomGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** More INTERACTIVE calls than the account can serve, for half an hour: every other lane still gets its turn. */
class StarvationTest {
    private static final Duration LENGTH = Duration.ofMinutes(30);
    private static final Duration LONG_ENOUGH = Duration.ofMinutes(10);
    private static final int CALLS = 20;

    @ParameterizedTest
    @EnumSource(names = {"SEND", "DELTA", "BACKFILL"})
    void lane_underPermanentInteractiveLoad_isServed(Lane lane) {
        Simulation.explore(3, simulation -> {
            SimulatedProvider provider =
                    new SimulatedProvider(simulation, ProviderRules.gmail(UnitWindow.Kind.SLIDING));
            Tally tally = new Tally();
            Caller caller = new GmailProject(provider).open("ada", tally);
            press(simulation, caller);
            simulation.run(Duration.ofMinutes(1));
            for (int i = 0; i < CALLS; i++) {
                caller.ask(lane, 20, LENGTH);
            }
            simulation.run(LENGTH);
            assertEquals(CALLS, tally.waits(lane).count(), tally::toString);
            assertEquals(0, tally.open(lane), tally::toString);
            assertTrue(tally.waits(lane).quantile(1).compareTo(LONG_ENOUGH) < 0, tally::toString);
            assertTrue(tally.waits(Lane.INTERACTIVE).quantile(0.9).toSeconds() > 1, () -> "no load: " + tally);
            assertEquals(0, provider.refused(), provider::toString);
        });
    }

    /** Twice what the quota gives. */
    private static void press(Simulation simulation, Caller caller) {
        RandomGenerator choices = simulation.choices("press");
        Arrivals.start(
                simulation, choices, 600, LENGTH, () -> caller.ask(Lane.INTERACTIVE, 20, Duration.ofSeconds(30)));
    }
}
