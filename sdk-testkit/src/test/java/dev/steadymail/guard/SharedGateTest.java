package dev.steadymail.guard;

import static dev.steadymail.guard.ScriptedLimits.GRANTED;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.steadymail.guard.SharedLimits.Demand;
import dev.steadymail.guard.SharedLimits.Opening;
import dev.steadymail.guard.SharedLimits.Verdict;
import dev.steadymail.testkit.time.ManualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SharedGateTest {
    private static final Duration PATIENCE = Duration.ofMillis(50);
    private static final Duration INSTANT = Duration.ofNanos(1);
    private static final Demand DEMAND = new Demand(List.of("account:a"), List.of(), 1);

    private final ManualTime time = new ManualTime();
    private final ScriptedLimits store = new ScriptedLimits();
    private final List<Boolean> told = new ArrayList<>();
    private final SharedGate gate = new SharedGate(store, time.timeSource(1), told::add);

    @Test
    void admit_answeredInTime_passesTheVerdictOn() {
        List<Verdict> verdicts = List.of(
                GRANTED,
                new Verdict.NoRoom(Duration.ofSeconds(3)),
                new Verdict.Open(new Opening("account:a", CircuitCause.THROTTLED, ManualTime.START.plusSeconds(9))));
        for (int number = 0; number < verdicts.size(); number++) {
            CompletableFuture<Verdict> outcome = gate.admit(DEMAND);
            time.advance(PATIENCE.minus(INSTANT));
            assertFalse(outcome.isDone());
            store.verdict(number).complete(verdicts.get(number));
            assertSame(verdicts.get(number), outcome.join());
        }
        assertEquals(List.of(), told);
        assertEquals(0, time.pendingTimers(), "time limits outlive their questions");
    }

    @Test
    void admit_neverAnswered_isGrantedAfter50Milliseconds() {
        CompletableFuture<Verdict> outcome = gate.admit(DEMAND);
        time.advance(PATIENCE.minus(INSTANT));
        assertFalse(outcome.isDone());
        assertTrue(gate.isReachable());
        time.advance(INSTANT);
        assertEquals(GRANTED, outcome.getNow(null));
        assertFalse(gate.isReachable());
        assertEquals(List.of(false), told);
    }

    @Test
    void admit_whileTheStoreRests_isGrantedUnasked() {
        fail();
        for (int call = 0; call < 100; call++) {
            time.advance(Duration.ofMillis(9));
            assertEquals(GRANTED, gate.admit(DEMAND).getNow(null));
        }
        assertEquals(1, store.asked().size());
        assertEquals(0, time.pendingTimers());
    }

    @Test
    void rest_doubles_from1To30Seconds() {
        fail();
        for (int seconds : List.of(1, 2, 4, 8, 16, 30, 30)) {
            int asked = store.asked().size();
            time.advance(Duration.ofSeconds(seconds).minus(INSTANT));
            assertTrue(gate.admit(DEMAND).isDone());
            assertEquals(asked, store.asked().size(), "asked before " + seconds + " s were over");
            time.advance(INSTANT);
            fail();
            assertEquals(asked + 1, store.asked().size());
        }
        assertEquals(List.of(false), told);
    }

    @Test
    void afterTheRest_oneQuestionFindsOut_othersDoNotWait() {
        fail();
        time.advance(Duration.ofSeconds(1));
        CompletableFuture<Verdict> trial = gate.admit(DEMAND);
        assertFalse(trial.isDone());
        IntStream.range(0, 10).forEach(other -> assertTrue(gate.admit(DEMAND).isDone()));
        assertEquals(2, store.asked().size());
        store.verdict(0).complete(new Verdict.NoRoom(INSTANT));
        assertEquals(new Verdict.NoRoom(INSTANT), trial.getNow(null));
        assertTrue(gate.isReachable());
        assertEquals(List.of(false, true), told);
        assertFalse(gate.admit(DEMAND).isDone(), "everybody is asked again");
    }

    @Test
    void afterRecovery_theNextRestIsShortAgain() {
        fail();
        time.advance(Duration.ofSeconds(1));
        fail();
        time.advance(Duration.ofSeconds(2));
        recover();
        fail();
        time.advance(Duration.ofSeconds(1));
        recover();
        assertEquals(List.of(false, true, false, true), told);
    }

    @Test
    void severalFailTogether_countAsOne() {
        List<CompletableFuture<Verdict>> outcomes =
                IntStream.range(0, 5).mapToObj(call -> gate.admit(DEMAND)).toList();
        store.verdict(0).completeExceptionally(new IllegalStateException("down"));
        time.advance(PATIENCE);
        assertTrue(outcomes.stream().allMatch(outcome -> outcome.getNow(null).equals(GRANTED)));
        assertEquals(List.of(false), told);
        time.advance(Duration.ofSeconds(1).minus(PATIENCE));
        assertFalse(gate.admit(DEMAND).isDone(), "the rest was counted anew for a question of before");
    }

    @Test
    void answer_afterTheTimeLimit_changesNothing() {
        CompletableFuture<Verdict> outcome = gate.admit(DEMAND);
        time.advance(PATIENCE);
        store.verdict(0).complete(new Verdict.NoRoom(INSTANT));
        assertEquals(GRANTED, outcome.getNow(null));
        assertFalse(gate.isReachable());
        assertEquals(List.of(false), told);
    }

    @Test
    void answer_ofAnEarlierQuestion_doesNotEndTheRest() {
        CompletableFuture<Verdict> early = gate.admit(DEMAND);
        CompletableFuture<Verdict> other = gate.admit(DEMAND);
        store.verdict(1).completeExceptionally(new IllegalStateException("down"));
        store.verdict(0).complete(new Verdict.NoRoom(INSTANT));
        assertEquals(new Verdict.NoRoom(INSTANT), early.getNow(null), "it came in time, so it counts");
        assertEquals(GRANTED, other.getNow(null));
        assertFalse(gate.isReachable());
        assertEquals(List.of(false), told);
    }

    @Test
    void storeThatBlocks_isLate() {
        store.onAdmit(() -> {
            time.advance(PATIENCE);
            return CompletableFuture.completedFuture(new Verdict.NoRoom(INSTANT));
        });
        assertEquals(GRANTED, gate.admit(DEMAND).getNow(null));
        assertFalse(gate.isReachable());
    }

    @Test
    void storeThatBlocksAWhile_hasTheRestOfTheTimeOnly() {
        store.onAdmit(() -> {
            time.advance(Duration.ofMillis(30));
            return new CompletableFuture<>();
        });
        CompletableFuture<Verdict> outcome = gate.admit(DEMAND);
        time.advance(Duration.ofMillis(20));
        assertEquals(GRANTED, outcome.getNow(null));
    }

    private void fail() {
        store.onAdmit(() -> CompletableFuture.failedFuture(new IllegalStateException("down")));
        assertEquals(GRANTED, gate.admit(DEMAND).getNow(null));
        store.leaveOpen();
    }

    private void recover() {
        store.onAdmit(() -> CompletableFuture.completedFuture(GRANTED));
        gate.admit(DEMAND).join();
        assertTrue(gate.isReachable());
        store.leaveOpen();
    }
}
