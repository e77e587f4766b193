package dev.steadymail.testkit.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Calls, answers, cancellations, interruptions, timeouts and close on several threads at once: no place and no unit is spent twice
 * or lost, and no call is left behind. Threads do not repeat themselves, so a seed that failed may need many rounds to fail again:
 * {@code -Dsteadymail.seed=N} names the first, {@code -Dsteadymail.runs=N} how many.
 */
class GuardRacesTest {
    private static final int ROUNDS = 600;
    private static final long FIRST = Long.getLong("steadymail.seed", System.nanoTime() & 0xFFFF_FFFFL);

    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void endThreads() {
        threads.shutdownNow();
    }

    @Test
    void contestedAccounts_loseNoPlaceAndSpendNoneTwice() throws Exception {
        for (int i = 0; i < Integer.getInteger("steadymail.runs", ROUNDS); i++) {
            long seed = FIRST + i;
            try {
                play(new ContestedRound(seed, seed % 4 == 0, threads));
            } catch (AssertionError | Exception failure) {
                throw new AssertionError("with -Dsteadymail.seed=" + seed, failure);
            }
        }
    }

    private static void play(ContestedRound round) throws Exception {
        round.play();
        assertTrue(round.settle(), round::toString);
        for (ContestedAccount account : round.accounts) {
            assertNothingLeft(account);
            // What was granted and broken before it was sent stays charged; nothing is sent uncharged.
            assertTrue(account.charged() >= account.watch.started(), account::toString);
        }
        round.accounts.forEach(account -> account.guard.reset());
        round.manual.advance(Duration.ofMinutes(15));
        for (ContestedAccount account : round.accounts) {
            assertEquals(0, account.used(), account::toString);
            if (!round.isClosed(account)) {
                assertServes(round, account);
                assertEveryPlaceIsUsable(round, account);
                assertNothingLeft(account);
            }
        }
    }

    private static void assertNothingLeft(ContestedAccount account) {
        assertEquals(List.of(), account.watch.violations(), account::toString);
        assertEquals(0, account.guard.explain().inFlight(), account::toString);
        assertEquals(0, account.guard.explain().waiting(), account::toString);
        assertEquals(0, account.guard.explain().resting(), account::toString);
    }

    /** Circuits that opened meanwhile let one request through, and the others once it is answered. */
    private static void assertServes(ContestedRound round, ContestedAccount account) throws Exception {
        for (int i = 0; i < 3; i++) {
            Queue<OpenRequest> sent = new ArrayDeque<>();
            CompletableFuture<String> answer = account.probe(sent);
            assertEquals(1, sent.size(), account::toString);
            sent.remove().answer();
            assertEquals("answer", answer.getNow("none"), account::toString);
            round.manual.advance(Duration.ofSeconds(1));
        }
    }

    /** Where a project's circuit has closed again, its accounts start one after the other for a while. */
    private static void assertEveryPlaceIsUsable(ContestedRound round, ContestedAccount account) {
        int places = account.guard.settings().maxInFlight();
        Queue<OpenRequest> sent = new ArrayDeque<>();
        List<CompletableFuture<String>> answers = new ArrayList<>();
        for (int i = 0; i < places + 2; i++) {
            answers.add(account.probe(sent));
        }
        round.manual.advance(Duration.ofSeconds(1));
        assertEquals(places, sent.size(), account::toString);
        for (int i = 0; i < answers.size(); i++) {
            sent.remove().answer();
            round.manual.advance(Duration.ofSeconds(1));
        }
        assertTrue(answers.stream().allMatch(CompletableFuture::isDone), account::toString);
    }
}
