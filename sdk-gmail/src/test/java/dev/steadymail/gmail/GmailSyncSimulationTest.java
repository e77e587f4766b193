package dev.steadymail.gmail;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.steadymail.auth.Tokens;
import dev.steadymail.guard.GuardSettings;
import dev.steadymail.testkit.gmail.FakeGmail;
import dev.steadymail.testkit.sync.FakeGmailMailbox;
import dev.steadymail.testkit.sync.SyncSimulation;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A store follows a Gmail mailbox over loopback, through expired history, throttles, broken connections and crashes. {@code
 * -Dsteadymail.runs} plays more worlds, {@code -Dsteadymail.seed} one.
 */
@Timeout(7_200)
class GmailSyncSimulationTest {
    private static final int SEEDS = 30;
    private static final String USER = "ada@example.com";

    /** One request at a time: a seed that is played again must meet its faults at the same ones. */
    private static final GuardSettings IN_ORDER =
            GuardSettings.GMAIL.toBuilder().maxInFlight(1).build();

    @Test
    void gmail_storeEqualsMailbox() {
        Map<String, Long> happened = SyncSimulation.of(simulation -> mailbox()).explore(SEEDS);
        System.out.println("sync simulation, Gmail: " + happened);
        if (Long.getLong("steadymail.seed") == null) {
            happened.remove("redelivered");
            assertTrue(happened.values().stream().allMatch(count -> count > 0), happened::toString);
        }
    }

    private static FakeGmailMailbox mailbox() {
        FakeGmail server = FakeGmail.builder().user(USER, "token").start();
        return new FakeGmailMailbox(
                server,
                USER,
                GmailAccount.with(Tokens.fixed("token"))
                        .user(USER)
                        .rootUrl(URI.create(server.rootUrl()))
                        .guarded(IN_ORDER));
    }
}
