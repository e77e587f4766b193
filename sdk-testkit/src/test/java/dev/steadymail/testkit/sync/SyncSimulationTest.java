package dev.steadymail.testkit.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.steadymail.testkit.simulation.Simulation;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A store follows a mailbox through everything that goes wrong, in 410 worlds here; the suites of IMAP and Gmail play 90 more.
 * {@code -Dsteadymail.runs} plays more worlds, {@code -Dsteadymail.seed} one.
 */
@Timeout(7_200)
class SyncSimulationTest {

    @TempDir
    private Path folder;

    @Test
    void foldersInMemory_storeEqualsMailbox() {
        play("folders in memory", 200, SyncSimulation.of(simulation -> InMemoryMailbox.folders()));
    }

    @Test
    void labelsInMemory_storeEqualsMailbox() {
        play("labels in memory", 130, SyncSimulation.of(simulation -> InMemoryMailbox.labels()));
    }

    /** Here a process dies at any octet of what it writes. */
    @Test
    void storeOnDisk_equalsMailbox() {
        play(
                "folders on disk",
                80,
                SyncSimulation.of(
                        simulation -> InMemoryMailbox.folders(),
                        simulation -> new FileStoreFixture(folder.resolve("seed" + simulation.seed()))));
    }

    @Test
    void seed_playsTheSameAgain() {
        SyncSimulation sync = SyncSimulation.of(simulation -> InMemoryMailbox.folders());
        for (long seed = 1; seed <= 5; seed++) {
            Simulation first = Simulation.withSeed(seed);
            Simulation second = Simulation.withSeed(seed);
            assertEquals(sync.play(first), sync.play(second));
            assertEquals(first.trace(), second.trace(), "seed " + seed);
        }
    }

    private static void play(String name, int seeds, SyncSimulation sync) {
        Map<String, Long> happened = sync.explore(seeds);
        System.out.println("sync simulation, " + name + ": " + happened);
        if (Long.getLong("steadymail.seed") == null) {
            happened.remove("redelivered");
            assertTrue(happened.values().stream().allMatch(count -> count > 0), happened::toString);
        }
    }
}
