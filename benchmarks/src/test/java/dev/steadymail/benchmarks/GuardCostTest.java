package dev.steadymail.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.steadymail.guard.Attempt;
import dev.steadymail.guard.Guard;
import dev.steadymail.mail.Lane;
import dev.steadymail.time.Deadline;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Holds what the guard allocates and what idle accounts keep; seconds depend on the machine, these do not. */
class GuardCostTest {
    private static final long MOST_BYTES_A_CALL = 40;
    private static final double MOST_BYTES_IDLE = 1_500;

    /** Several classes, so that the compiler cannot merge the attempt with the guard, as it cannot in a program. */
    private static final List<Attempt<Integer>> ATTEMPTS =
            List.of(cancellation -> 1, cancellation -> 2, cancellation -> 3, cancellation -> 4);

    private final RealTime time = new RealTime();
    private final Accounts accounts = new Accounts(time.source());
    private final Deadline deadline = accounts.farAway();

    @AfterEach
    void close() {
        time.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void guardedCall_allocatesNextToNothing(int threads) {
        assertAllocatesLittle(threads, accounts.open("ada", Limits.WIDE));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void guardedCall_withQuota_allocatesNextToNothing(int threads) {
        assertAllocatesLittle(threads, accounts.open("ada", Limits.METERED));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void guardedCall_afterAFailure_allocatesNextToNothing(int threads) {
        Guard account = accounts.open("ada", Limits.WIDE);
        accounts.failOnce(account);
        assertAllocatesLittle(threads, account);
    }

    @Test
    void idleImapAccount_keepsLittle_noTimerAndNoThread() {
        assertKeepsLittle(Idle.IMAP.measure());
    }

    @Test
    void idleGmailAccount_keepsLittle_noTimerAndNoThread() {
        assertKeepsLittle(Idle.GMAIL.measure());
    }

    private void assertAllocatesLittle(int threads, Guard account) {
        // Rounded: what the JVM now and then allocates for itself comes to some hundredths of a byte.
        long bytes = Math.round(Allocation.bytesPerCall(threads, () -> call(account)));
        assertTrue(bytes <= MOST_BYTES_A_CALL, () -> bytes + " bytes a call, at most " + MOST_BYTES_A_CALL);
    }

    private void call(Guard account) {
        Attempt<Integer> attempt = ATTEMPTS.get(ThreadLocalRandom.current().nextInt(ATTEMPTS.size()));
        account.call(Accounts.READ, Lane.INTERACTIVE, deadline, attempt);
    }

    private static void assertKeepsLittle(Footprint footprint) {
        assertTrue(footprint.heapBytes() <= MOST_BYTES_IDLE, footprint::toString);
        assertTrue(footprint.reachableBytes() <= MOST_BYTES_IDLE, footprint::toString);
        assertEquals(0, footprint.timers(), footprint::toString);
        assertEquals(0, footprint.threads(), footprint::toString);
    }
}
