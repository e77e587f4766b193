package dev.steadymail.testkit.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.steadymail.testkit.simulation.Simulation;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Whatever callers and requests do, no permit is lost and none is spent twice. */
class PermitsTest {
    private static final int RUNS = 40;
    private static final Duration CLOSES = Duration.ofMinutes(5);

    @Test
    void anyPattern_keepsToEveryLimit_andEndsEveryCall() {
        Map<String, Long> faults = new TreeMap<>();
        Simulation.explore(RUNS, simulation -> {
            RestlessAccount account = new RestlessAccount(
                    simulation, simulation.choices("trouble").nextDouble(0.5));
            account.play();
            account.settle();
            assertTrue(account.watch.started > 0, account::toString);
            assertLimitsKept(account);
            assertNothingLeft(account);
            simulation.faults().forEach((point, count) -> faults.merge(point, count, Long::sum));
        });
        assertAllHappened(faults);
    }

    @Test
    void anyPattern_leavesEveryPlaceUsable() {
        Simulation.explore(RUNS, simulation -> {
            RestlessAccount account = new RestlessAccount(simulation, 0.2);
            account.play();
            account.settle();
            account.guard.reset();
            simulation.run(Duration.ofMinutes(2));
            assertEquals(0, account.unitsUsed(), account::toString);
            int places = account.settings.maxInFlight();
            assertEquals(places, account.startedOf(places + 5), account::toString);
            assertNothingLeft(account);
        });
    }

    @Test
    void close_inTheMidst_endsEveryCallAtThatInstant() {
        Simulation.explore(RUNS, simulation -> {
            RestlessAccount account = new RestlessAccount(simulation, 0.2);
            account.closeBefore(CLOSES);
            account.play();
            assertLimitsKept(account);
            assertNothingLeft(account);
            assertEquals(0, account.startedOf(1), account::toString);
        });
    }

    /** One world, played again by its seed, need not meet every fault. */
    private static void assertAllHappened(Map<String, Long> faults) {
        if (System.getProperty("steadymail.seed") == null) {
            assertEquals(16, faults.size(), faults::toString);
            assertTrue(faults.values().stream().allMatch(count -> count > 0), faults::toString);
        }
    }

    private static void assertLimitsKept(RestlessAccount account) {
        assertEquals(List.of(), account.watch.violations(), account::toString);
    }

    private static void assertNothingLeft(RestlessAccount account) {
        assertEquals(0, account.watch.inFlight, account::toString);
        assertTrue(account.answers.stream().allMatch(CompletableFuture::isDone), account::toString);
        assertEquals(0, account.guard.explain().inFlight(), account::toString);
        assertEquals(0, account.guard.explain().waiting(), account::toString);
        assertEquals(0, account.guard.explain().resting(), account::toString);
    }
}
