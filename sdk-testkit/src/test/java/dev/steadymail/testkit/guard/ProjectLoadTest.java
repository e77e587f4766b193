package dev.steadymail.testkit.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.steadymail.mail.Lane;
import dev.steadymail.testkit.simulation.Simulation;
import java.time.Duration;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** 10,000 accounts of one project, for ten minutes; for an hour with {@code -Dsteadymail.long=true}. */
@Timeout(1_800)
class ProjectLoadTest {
    private static final int ACCOUNTS = 10_000;
    private static final Duration LENGTH =
            Boolean.getBoolean("steadymail.long") ? Duration.ofHours(1) : Duration.ofMinutes(10);

    @ParameterizedTest
    @EnumSource
    void demandOf80Percent_nothingIsRefused(UnitWindow.Kind counting) {
        Simulation.explore(1, simulation -> {
            ProjectLoad load = played(simulation, counting, 0.8);
            assertEquals(0, load.provider.refused(), load::toString);
            assertTrue(servedShare(load) > 0.78, load::toString);
        });
    }

    @ParameterizedTest
    @EnumSource
    void demandOf150Percent_nothingIsRefused_andPeopleDoNotWait(UnitWindow.Kind counting) {
        Simulation.explore(1, simulation -> {
            ProjectLoad load = played(simulation, counting, 1.5);
            assertEquals(0, load.provider.refused(), load::toString);
            Waits interactive = load.tally.waits(Lane.INTERACTIVE);
            assertTrue(interactive.quantile(0.99).compareTo(Duration.ofSeconds(2)) < 0, load::toString);
            assertTrue(load.tally.open(Lane.BACKFILL) > ACCOUNTS, load::toString);
            assertTrue(servedShare(load) > 0.78, load::toString);
        });
    }

    private static ProjectLoad played(Simulation simulation, UnitWindow.Kind counting, double demand) {
        ProjectLoad load = new ProjectLoad(
                new SimulatedProvider(simulation, ProviderRules.gmail(counting)), ACCOUNTS, 0.1, demand, LENGTH);
        load.run();
        return load;
    }

    /** Returns the units that were served, as a share of what the project may use in the time. */
    private static double servedShare(ProjectLoad load) {
        return load.provider.servedUnits / (1_200_000.0 * LENGTH.toMinutes());
    }
}
