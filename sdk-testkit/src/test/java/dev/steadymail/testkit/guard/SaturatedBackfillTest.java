package dev.steadymail.testkit.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.steadymail.mail.Lane;
import dev.steadymail.testkit.simulation.Simulation;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A back-fill that always has more to read gets what the quota gives, and not one unit more. */
class SaturatedBackfillTest {
    private static final int MINUTES = 30;
    private static final int GET = 20;
    private static final double QUOTA = 6_000.0 * MINUTES;

    @ParameterizedTest
    @CsvSource({"0, SLIDING", "0, FIXED", "200, SLIDING", "200, FIXED"})
    void saturatedBackfill_uses98PercentOfTheQuota_andNoWindowHasMore(long latencyMillis, UnitWindow.Kind counting) {
        Simulation.explore(5, simulation -> {
            ProviderRules rules = ProviderRules.gmail(counting).withLatency(Duration.ofMillis(latencyMillis));
            SimulatedProvider provider = new SimulatedProvider(simulation, rules);
            Tally tally = backfilled(simulation, provider);
            assertEquals(0, provider.refused(), provider::toString);
            double used = provider.servedUnits / QUOTA;
            assertTrue(used >= 0.98, () -> "used " + used + " of the quota; " + provider + "; " + tally);
            assertTrue(tally.open(Lane.BACKFILL) > 0, () -> "not saturated: " + tally);
        });
    }

    private static Tally backfilled(Simulation simulation, SimulatedProvider provider) {
        Tally tally = new Tally();
        Caller caller = new GmailProject(provider).open("ada", tally);
        for (int i = 0; i < MINUTES * 6_000 / GET + 500; i++) {
            caller.ask(Lane.BACKFILL, GET, Duration.ofHours(2));
        }
        simulation.run(Duration.ofMinutes(MINUTES));
        return tally;
    }
}
