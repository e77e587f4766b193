package dev.steadymail.testkit.conformance;

import static dev.steadymail.guard.CircuitCause.FAILING;
import static dev.steadymail.testkit.conformance.LimitsSession.GRANTED;
import static dev.steadymail.testkit.conformance.LimitsSession.answer;
import static dev.steadymail.testkit.conformance.LimitsSession.share;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.steadymail.guard.SharedLimits;
import dev.steadymail.guard.SharedLimits.Demand;
import dev.steadymail.guard.SharedLimits.Opening;
import dev.steadymail.guard.SharedLimits.Share;
import dev.steadymail.guard.SharedLimits.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.IntToLongFunction;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Two handles are one store, many threads never overspend, and no key is taken for another. */
abstract class SharingConformance {
    private static final int THREADS = 4;
    private static final int DEMANDS = 5_000;
    private static final long LIMIT = 20_000;

    abstract LimitsSession session();

    @Test
    void quota_isOneForAllHandles() {
        session().takeAll(4, share("a", 5));
        Demand two = new Demand(List.of(), List.of(share("a", 5)), 2);
        assertInstanceOf(Verdict.NoRoom.class, answer(session().there().admit(two)));
        Demand one = new Demand(List.of(), List.of(share("a", 5)), 1);
        assertEquals(GRANTED, answer(session().there().admit(one)));
        session().refused(1, share("a", 5));
    }

    @Test
    void circuit_openedHere_isClosedThere() {
        session().open("a", FAILING, session().now().plusSeconds(60));
        assertEquals(FAILING, session().blocked("a").cause());
        assertTrue(answer(session().there().close("a")));
        assertFalse(session().close("a"), "was closed by the other already");
    }

    @Test
    void manyThreads_spendTheLimitAndNoUnitMore() {
        long spent = atOnce(
                number -> spend(number % 2 == 0 ? session().here() : session().there(), number));
        assertTrue(spent <= LIMIT, () -> spent + " units were granted");
        for (long left = LIMIT - spent; left > 0; left--) {
            session().takeAll(1, hourly("a"), hourly("b"));
        }
        session().refused(1, hourly("a"));
        session().refused(1, hourly("b"));
    }

    @Test
    void manyThreads_openOneCircuit_theLongestWins() {
        var start = session().now().plusSeconds(60);
        atOnce(number -> {
            SharedLimits handle = number % 2 == 0 ? session().here() : session().there();
            for (int step = 0; step < DEMANDS; step++) {
                answer(handle.open(new Opening("a", FAILING, start.plusSeconds(step * 7L % DEMANDS + number))));
            }
            return 0L;
        });
        var last = start.plusSeconds(DEMANDS - 1 + THREADS - 1);
        var error = Duration.between(last, session().blocked("a").until()).abs();
        assertTrue(error.compareTo(session().precision()) < 0, () -> "is off by " + error);
    }

    @Test
    void hostileKeys_areQuotasOfTheirOwn() {
        for (String key : HostileKeys.all()) {
            session().takeAll(1, share(key, 1));
        }
        for (String key : HostileKeys.all()) {
            session().refused(1, share(key, 1));
        }
    }

    @Test
    void hostileKeys_areScopesOfTheirOwn() {
        List<String> keys = HostileKeys.all();
        for (int index = 0; index < keys.size(); index += 2) {
            assertTrue(session().open(keys.get(index), FAILING, session().now().plusSeconds(60)));
        }
        for (int index = 0; index < keys.size(); index++) {
            Verdict verdict = session().attempt(keys.get(index));
            assertEquals(index % 2 == 1, verdict.equals(GRANTED), "key number " + index);
        }
    }

    @Test
    void scopeAndQuota_ofOneKey_areTwoThings() {
        session().open("a", FAILING, session().now().plusSeconds(60));
        session().takeAll(1, share("a", 1));
        assertTrue(session().close("a"));
        session().refused(1, share("a", 1));
    }

    /** Returns a window that ends after the test, so that time spent in it gives nothing back. */
    private static Share hourly(String key) {
        return new Share(key, LIMIT, Duration.ofHours(1), 0);
    }

    /** Names both quotas in either order, since a store that locks one after the other would lock up. */
    private static long spend(SharedLimits handle, int number) {
        List<Share> shares =
                number < THREADS / 2 ? List.of(hourly("a"), hourly("b")) : List.of(hourly("b"), hourly("a"));
        long spent = 0;
        for (int step = 0; step < DEMANDS; step++) {
            long units = 1L + (step + number) % 3;
            spent += answer(handle.admit(new Demand(List.of("x"), shares, units)))
                            .equals(GRANTED)
                    ? units
                    : 0;
        }
        return spent;
    }

    private static long atOnce(IntToLongFunction work) {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        CyclicBarrier start = new CyclicBarrier(THREADS);
        try {
            List<CompletableFuture<Long>> results = new ArrayList<>();
            for (int number = 0; number < THREADS; number++) {
                int mine = number;
                results.add(
                        CompletableFuture.supplyAsync(() -> afterAll(start, () -> work.applyAsLong(mine)), threads));
            }
            return results.stream().mapToLong(LimitsSession::answer).sum();
        } finally {
            threads.shutdownNow();
        }
    }

    /** Runs work once all threads are there, since one that starts first could be done before the others begin. */
    private static long afterAll(CyclicBarrier start, LongSupplier work) {
        try {
            start.await(10, TimeUnit.SECONDS);
        } catch (InterruptedException | BrokenBarrierException | TimeoutException failure) {
            throw new AssertionError("the threads did not start", failure);
        }
        return work.getAsLong();
    }

    /** Keys that a store may take for each other, or for syntax. */
    private static final class HostileKeys {
        private static final String LONG = "x".repeat(4_095);

        static List<String> all() {
            return Stream.concat(
                            Stream.of(
                                    LONG + "x",
                                    LONG + "y",
                                    LONG,
                                    "\u00e9",
                                    "e\u0301",
                                    "\ud800",
                                    "\udc00",
                                    "?",
                                    "\ufffd"),
                            Stream.of(
                                    "a",
                                    "A",
                                    "a ",
                                    " a",
                                    " ",
                                    "a\0",
                                    "a\0b",
                                    "a\nb",
                                    "a\r\nb",
                                    "a:b",
                                    "a::b",
                                    ":a",
                                    "1:a",
                                    "1000:a",
                                    "1000000000:a",
                                    "{a}",
                                    "{a}b",
                                    "a*",
                                    "a?",
                                    "[a]",
                                    "%s",
                                    "$1",
                                    "'",
                                    "\"",
                                    "\\",
                                    "\\n",
                                    "'; return 1 --",
                                    "../a",
                                    "Aa",
                                    "BB",
                                    "nil",
                                    "null",
                                    "0"))
                    .toList();
        }
    }
}
