package dev.steadymail.testkit.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.steadymail.mail.Lane;
import dev.steadymail.testkit.simulation.Simulation;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The provider does not know that a client was closed and opened again: what it counted still counts, what it stated still holds. */
class ReopenedAccountTest {
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final Simulation simulation = Simulation.withSeed(1);
    private final SimulatedProvider provider =
            new SimulatedProvider(simulation, ProviderRules.gmail(UnitWindow.Kind.SLIDING));
    private final GmailProject project = new GmailProject(provider);
    private final SimulatedMailbox mailbox = provider.mailbox("ada");
    private final Tally tally = new Tally();

    @Test
    void quotaOfTheAccount_isNotSpentTwice() {
        for (int opening = 0; opening < 2; opening++) {
            openFor(Duration.ofSeconds(28), 250);
        }
        assertEquals(0, provider.refused(), tally::toString);
    }

    @Test
    void statedWait_isWaitedFor() {
        mailbox.trouble = Trouble.THROTTLING;
        for (int opening = 0; opening < 2; opening++) {
            openFor(Duration.ofSeconds(10), 1);
        }
        assertEquals(1, tally.attempts, tally::toString);
    }

    private void openFor(Duration length, int calls) {
        try (Caller caller = project.open("ada", mailbox, tally)) {
            for (int i = 0; i < calls; i++) {
                caller.ask(Lane.BACKFILL, 20, PATIENCE);
            }
            simulation.run(length);
        }
    }
}
