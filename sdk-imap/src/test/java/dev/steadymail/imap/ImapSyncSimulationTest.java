package dev.steadymail.imap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.steadymail.testkit.imap.ImapCapability;
import dev.steadymail.testkit.imap.ImapTestServer;
import dev.steadymail.testkit.simulation.Simulation;
import dev.steadymail.testkit.sync.ImapTestMailbox;
import dev.steadymail.testkit.sync.SyncSimulation;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A store follows IMAP mailboxes over loopback, through renumbering, mod-sequences that go back, cuts, refusals and crashes, at servers
 * that can less or more. {@code -Dsteadymail.runs} plays more worlds, {@code -Dsteadymail.seed} one.
 */
@Timeout(7_200)
class ImapSyncSimulationTest {
    private static final int ENOUGH = 25;
    private static final String USER = "ada";

    @Test
    void usualServer_storeEqualsMailbox() {
        play("IMAP", 30, ImapTestServer.builder());
    }

    @Test
    void serverThatCanAll_storeEqualsMailbox() {
        play("IMAP with all extensions", 25, ImapTestServer.builder().with(ImapCapability.values()));
    }

    /** Without mod-sequences and counters of them, all flags are read and compared. */
    @Test
    void serverThatCanNothing_storeEqualsMailbox() {
        play("IMAP without extensions", 5, ImapTestServer.builder().only());
    }

    @Test
    void seed_playsTheSameAgain() {
        SyncSimulation sync = sync(ImapTestServer.builder());
        for (long seed = 1; seed <= 2; seed++) {
            Simulation first = Simulation.withSeed(seed);
            Simulation second = Simulation.withSeed(seed);
            assertEquals(sync.play(first), sync.play(second));
            assertEquals(first.trace(), second.trace(), "seed " + seed);
        }
    }

    static SyncSimulation sync(ImapTestServer.Builder server) {
        server.user(USER, LocalServers.PASSWORD);
        return SyncSimulation.of(simulation -> mailbox(server.start())).twins(true);
    }

    private static ImapTestMailbox mailbox(ImapTestServer server) {
        return new ImapTestMailbox(server, USER, LocalServers.plain(server.port(), USER, LocalServers.PASSWORD));
    }

    private static void play(String name, int seeds, ImapTestServer.Builder server) {
        Map<String, Long> happened = sync(server).explore(seeds);
        System.out.println("sync simulation, " + name + ": " + happened);
        happened.remove("redelivered");
        // A handful of worlds need not meet everything.
        if (happened.get("seeds") >= ENOUGH) {
            assertTrue(happened.values().stream().allMatch(count -> count > 0), happened::toString);
        }
    }
}
