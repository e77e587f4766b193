package dev.steadymail.testkit.guard;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.steadymail.mail.Lane;
import dev.steadymail.testkit.simulation.Simulation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One account is throttled or dead: nobody else may notice, by so much as a nanosecond. */
class SickAccountTest {
    private static final Duration LENGTH = Duration.ofMinutes(10);

    @ParameterizedTest
    @CsvSource({
        "THROTTLING, 2", "THROTTLING, 20",
        "THROTTLING_UNSTATED, 2", "THROTTLING_UNSTATED, 20",
        "UNAVAILABLE, 2", "UNAVAILABLE, 20",
        "UNREACHABLE, 2", "UNREACHABLE, 20",
        "SILENT, 2", "SILENT, 20"
    })
    void sickAccount_leavesWaitsOfOthersAsTheyWere(Trouble trouble, int accounts) {
        Simulation.explore(1, simulation -> {
            List<Tally> sick = played(simulation, trouble, accounts);
            List<Tally> healthy = played(Simulation.withSeed(simulation.seed()), Trouble.NONE, accounts);
            assertTrue(sick.get(0).succeeded < healthy.get(0).succeeded / 4, () -> "not sick: " + sick.get(0));
            for (int i = 1; i < accounts; i++) {
                assertSameWaits(healthy.get(i), sick.get(i), "account " + i);
            }
        });
    }

    private static void assertSameWaits(Tally expected, Tally actual, String who) {
        for (Lane lane : Lane.values()) {
            assertArrayEquals(
                    expected.waits(lane).sorted(),
                    actual.waits(lane).sorted(),
                    () -> who + " in lane " + lane + ": " + actual + " beside a sick one, else " + expected);
        }
        assertTrue(expected.waits(Lane.BACKFILL).quantile(0.5).toMillis() > 0, "nothing waited");
    }

    private static List<Tally> played(Simulation simulation, Trouble trouble, int accounts) {
        SimulatedProvider provider = new SimulatedProvider(simulation, ProviderRules.gmail(UnitWindow.Kind.SLIDING));
        GmailProject project = new GmailProject(provider);
        List<Tally> tallies = new ArrayList<>();
        for (int i = 0; i < accounts; i++) {
            SimulatedMailbox mailbox = provider.mailbox("account-" + i);
            if (i == 0) {
                mailbox.trouble = trouble;
            }
            Tally tally = new Tally();
            tallies.add(tally);
            press(project.open("account-" + i, mailbox, tally), simulation, simulation.choices("load." + i));
        }
        simulation.run(LENGTH);
        return tallies;
    }

    private static void press(Caller caller, Simulation simulation, RandomGenerator choices) {
        Arrivals.start(simulation, choices, 10, LENGTH, () -> caller.ask(Lane.INTERACTIVE, 20, Duration.ofSeconds(30)));
        Arrivals.start(simulation, choices, 20, LENGTH, () -> caller.ask(Lane.DELTA, 2, Duration.ofMinutes(1)));
        Arrivals.start(simulation, choices, 20, LENGTH, () -> {
            for (int i = 0; i < 20; i++) {
                caller.ask(Lane.BACKFILL, 20, Duration.ofMinutes(5));
            }
        });
    }
}
