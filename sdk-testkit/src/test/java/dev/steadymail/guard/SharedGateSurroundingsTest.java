package dev.steadymail.guard;

import static dev.steadymail.guard.ScriptedLimits.GRANTED;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.steadymail.guard.SharedLimits.Demand;
import dev.steadymail.guard.SharedLimits.Verdict;
import dev.steadymail.testkit.time.ManualTime;
import dev.steadymail.time.Scheduler;
import dev.steadymail.time.TimeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The gate between threads, timers, callers and a listener that are not its own. */
class SharedGateSurroundingsTest {
    private static final Duration PATIENCE = Duration.ofMillis(50);
    private static final Demand DEMAND = new Demand(List.of(), List.of(), 1);
    private static final int THREADS = 3;
    private static final int ROUNDS = 300;

    private final ManualTime time = new ManualTime();
    private final ScriptedLimits store = new ScriptedLimits();
    private final List<Boolean> told = new ArrayList<>();
    private final SharedGate gate = new SharedGate(store, time.timeSource(1), told::add);

    @Test
    void answer_onAnotherThread_arrives() throws Exception {
        CompletableFuture<Verdict> outcome = gate.admit(DEMAND);
        Thread other = new Thread(() -> store.verdict(0).complete(GRANTED));
        other.start();
        assertEquals(GRANTED, outcome.get(10, TimeUnit.SECONDS));
        other.join(10_000);
        assertEquals(0, time.pendingTimers());
    }

    @Test
    void afterTheRest_ofManyThreads_oneAsks() throws Exception {
        store.onAdmit(() -> CompletableFuture.failedFuture(new IllegalStateException("down")));
        assertTrue(gate.admit(DEMAND).isDone());
        store.leaveOpen();
        CyclicBarrier start = new CyclicBarrier(THREADS);
        for (int round = 0; round < ROUNDS; round++) {
            time.advance(Duration.ofSeconds(30));
            int asked = store.asked().size();
            List<CompletableFuture<Void>> calls = new ArrayList<>();
            for (int thread = 0; thread < THREADS; thread++) {
                calls.add(
                        CompletableFuture.runAsync(() -> admitTogether(start), command -> new Thread(command).start()));
            }
            CompletableFuture.allOf(calls.toArray(CompletableFuture[]::new)).get(10, TimeUnit.SECONDS);
            assertEquals(asked + 1, store.asked().size());
            time.advance(PATIENCE);
        }
        assertEquals(List.of(false), told);
    }

    @Test
    void admit_answeredAtOnce_setsNoTimer() {
        List<Duration> timers = new ArrayList<>();
        SharedGate watched = gateWith((task, delay) -> {
            timers.add(delay);
            return () -> {};
        });
        assertFalse(watched.admit(DEMAND).isDone());
        store.onAdmit(() -> CompletableFuture.completedFuture(GRANTED));
        assertTrue(watched.admit(DEMAND).isDone());
        assertEquals(List.of(PATIENCE), timers);
    }

    @Test
    void timersThatAreStopped_grantAtOnce() {
        SharedGate closing = gateWith((task, delay) -> {
            throw new RejectedExecutionException("closed");
        });
        assertEquals(GRANTED, closing.admit(DEMAND).getNow(null));
    }

    @Test
    void outcomeCancelledByTheCaller_stillTellsTheStoresHealth() {
        gate.admit(DEMAND).cancel(true);
        time.advance(PATIENCE);
        assertFalse(gate.isReachable());
        assertFalse(store.verdict(0).isCancelled(), "the store's stage is its own");
    }

    @Test
    void listenerThatThrows_harmsNothing() {
        SharedGate fragile = new SharedGate(store, time.timeSource(1), reachable -> {
            throw new IllegalStateException("listener");
        });
        CompletableFuture<Verdict> outcome = fragile.admit(DEMAND);
        time.advance(PATIENCE);
        assertEquals(GRANTED, outcome.getNow(null));
        assertFalse(fragile.isReachable());
    }

    private void admitTogether(CyclicBarrier start) {
        try {
            start.await(10, TimeUnit.SECONDS);
        } catch (Exception failure) {
            throw new AssertionError("the threads did not start", failure);
        }
        var unused = gate.admit(DEMAND);
    }

    private SharedGate gateWith(Scheduler scheduler) {
        TimeSource manual = time.timeSource(1);
        return new SharedGate(
                store, new TimeSource(manual.clock(), manual.nanos(), scheduler, manual.random()), told::add);
    }
}
