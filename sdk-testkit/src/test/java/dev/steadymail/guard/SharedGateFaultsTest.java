package dev.steadymail.guard;

import static dev.steadymail.guard.ScriptedLimits.GRANTED;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.steadymail.guard.SharedLimits.Demand;
import dev.steadymail.guard.SharedLimits.Opening;
import dev.steadymail.guard.SharedLimits.Verdict;
import dev.steadymail.testkit.time.ManualTime;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a store does wrong, the gate goes on; and what it passes on follows the same rules. */
class SharedGateFaultsTest {
    private static final Demand DEMAND = new Demand(List.of("account:a"), List.of(), 1);
    private static final Opening OPENING =
            new Opening("account:a", CircuitCause.THROTTLED, ManualTime.START.plusSeconds(60));

    private final ManualTime time = new ManualTime();
    private final ScriptedLimits store = new ScriptedLimits();
    private final List<Boolean> told = new ArrayList<>();
    private final SharedGate gate = new SharedGate(store, time.timeSource(1), told::add);

    static Stream<Supplier<CompletionStage<Verdict>>> faults() {
        return Stream.of(
                () -> sneaky(new IllegalStateException("thrown")),
                () -> sneaky(new NoClassDefFoundError("thrown")),
                () -> sneaky(new IOException("thrown by stealth")),
                () -> null,
                () -> CompletableFuture.completedFuture(null),
                () -> CompletableFuture.failedFuture(new IOException("failed")),
                () -> CompletableFuture.completedFuture(
                        new Verdict.Open(new Opening("account:b", CircuitCause.THROTTLED, ManualTime.START))),
                ThrowingStage::new);
    }

    @ParameterizedTest
    @MethodSource("faults")
    void fault_grantsAtOnce_andTheStoreRests(Supplier<CompletionStage<Verdict>> fault) {
        store.onAdmit(fault);
        assertEquals(GRANTED, gate.admit(DEMAND).getNow(null));
        assertEquals(GRANTED, gate.admit(DEMAND).getNow(null));
        assertEquals(List.of("admit"), store.asked());
        assertEquals(List.of(false), told);
        assertEquals(0, time.pendingTimers());
    }

    @Test
    void stageThatAnswersTwice_countsOnce() {
        store.onAdmit(TwofoldStage::new);
        assertEquals(GRANTED, gate.admit(DEMAND).getNow(null));
        assertTrue(gate.isReachable());
        assertEquals(List.of(), told);
    }

    @Test
    void openAndClose_arePassedOn() {
        store.onNote(() -> CompletableFuture.completedFuture(true));
        gate.open(OPENING);
        gate.close("account:a");
        assertEquals(List.of("open", "close"), store.asked());
        assertTrue(gate.isReachable());
        assertEquals(0, time.pendingTimers());
    }

    @Test
    void openNotAnswered_makesTheStoreRest() {
        gate.open(OPENING);
        assertTrue(gate.isReachable());
        time.advance(Duration.ofMillis(50));
        assertFalse(gate.isReachable());
        gate.close("account:a");
        gate.open(OPENING);
        assertEquals(List.of("open"), store.asked());
    }

    @Test
    void openThatFails_throwsNothing() {
        store.onNote(() -> sneaky(new IllegalStateException("down")));
        gate.open(OPENING);
        gate.close("account:a");
        assertEquals(List.of("open"), store.asked());
        assertEquals(List.of(false), told);
    }

    @Test
    void close_canFindOutThatTheStoreIsBack() {
        gate.open(OPENING);
        time.advance(Duration.ofMillis(1_050));
        store.onNote(() -> CompletableFuture.completedFuture(false));
        gate.close("account:a");
        assertTrue(gate.isReachable());
        assertEquals(List.of(false, true), told);
    }

    @Test
    void overARealStore_whatOneOpens_theOtherSees() {
        InProcessLimits limits = new InProcessLimits(time.timeSource(1));
        SharedGate one = new SharedGate(limits, time.timeSource(2), told::add);
        SharedGate other = new SharedGate(limits, time.timeSource(3), told::add);
        one.open(OPENING);
        assertEquals(new Verdict.Open(OPENING), other.admit(DEMAND).getNow(null));
        time.advance(Duration.ofSeconds(60));
        assertEquals(GRANTED, other.admit(DEMAND).getNow(null));
        assertEquals(List.of(), told);
    }

    private static <T> CompletionStage<T> sneaky(Throwable failure) {
        SharedGateFaultsTest.<RuntimeException>unseen(failure);
        throw new AssertionError("nothing was thrown", failure);
    }

    @SuppressWarnings("unchecked")
    private static <E extends Throwable> void unseen(Throwable failure) throws E {
        throw (E) failure;
    }

    private static final class ThrowingStage extends CompletableFuture<Verdict> {
        @Override
        public CompletableFuture<Verdict> whenComplete(BiConsumer<? super Verdict, ? super Throwable> action) {
            throw new UnsupportedOperationException();
        }
    }

    private static final class TwofoldStage extends CompletableFuture<Verdict> {
        @Override
        public CompletableFuture<Verdict> whenComplete(BiConsumer<? super Verdict, ? super Throwable> action) {
            action.accept(GRANTED, null);
            action.accept(null, new IllegalStateException("after all"));
            return this;
        }
    }
}
