package dev.steadymail.testkit.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.steadymail.testkit.simulation.Simulation;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Ten minutes without the provider, for 1,000 accounts with work to do. */
class OutageTest {
    private static final Duration BEFORE = Duration.ofMinutes(3);
    private static final Duration OUTAGE = Duration.ofMinutes(10);
    private static final Duration AFTER = Duration.ofMinutes(7);

    @ParameterizedTest
    @EnumSource(names = {"UNAVAILABLE", "UNREACHABLE", "SILENT"})
    void outage_costsFewRequests_andItsEndBurstsNoQuota(Trouble trouble) {
        Simulation.explore(1, simulation -> {
            SimulatedProvider provider =
                    new SimulatedProvider(simulation, ProviderRules.gmail(UnitWindow.Kind.SLIDING));
            ProjectLoad load = new ProjectLoad(
                    provider, 1_000, 0.5, 0.8, BEFORE.plus(OUTAGE).plus(AFTER));
            Counts outage = new Counts(load.tally);
            provider.trouble(trouble, BEFORE, OUTAGE);
            simulation.at(BEFORE, outage::begin);
            simulation.at(BEFORE.plus(OUTAGE), outage::end);
            load.run();
            assertTrue(outage.asked > 10_000, load::toString);
            assertTrue(outage.sentPerAsked() <= 1.2, () -> outage + " in the outage; " + load);
            assertTrue(load.tally.attempts <= 1.2 * load.tally.asked, load::toString);
            assertEquals(0, provider.refused(), load::toString);
            assertTrue(provider.projectUnits.peak() > 1_000_000, load::toString);
        });
    }

    /** What happened between two moments. */
    private static final class Counts {
        private final Tally tally;
        private long asked;
        private long sent;

        Counts(Tally tally) {
            this.tally = tally;
        }

        void begin() {
            asked -= tally.asked;
            sent -= tally.attempts;
        }

        void end() {
            asked += tally.asked;
            sent += tally.attempts;
        }

        double sentPerAsked() {
            return (double) sent / asked;
        }

        @Override
        public String toString() {
            return sent + " sent for " + asked + " asked";
        }
    }
}
