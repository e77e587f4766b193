package dev.steadymail.testkit.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.steadymail.guard.Guard;
import dev.steadymail.guard.GuardSettings;
import dev.steadymail.mail.Lane;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Whose turn it is, how many may wait, and how calls leave the queue. */
@SuppressWarnings("FutureReturnValueIgnored")
class GuardLanesTest extends GuardTestCase {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final Wire wire = new Wire(manual);
    private final Guard single =
            guard(GuardSettings.builder().maxInFlight(1).starts(1_000, SECOND).build());

    @Test
    void freePlace_isTakenAtOnce() {
        ask(single, "first", Lane.BACKFILL);
        assertEquals(List.of("first"), wire.names());
    }

    @Test
    void freedPlace_goesToTheMostUrgentLane_andThereToTheFirst() {
        ask(single, "running", Lane.BACKFILL);
        ask(single, "backfill", Lane.BACKFILL);
        ask(single, "delta", Lane.DELTA);
        ask(single, "send", Lane.SEND);
        ask(single, "open 1", Lane.INTERACTIVE);
        ask(single, "open 2", Lane.INTERACTIVE);
        while (wire.sent.size() < 6) {
            wire.answerAll();
        }
        assertEquals(List.of("running", "open 1", "open 2", "send", "delta", "backfill"), wire.names());
    }

    @Test
    void callThatWaitedLong_getsEveryEighthTurn() {
        ask(single, "running", Lane.INTERACTIVE);
        ask(single, "backfill", Lane.BACKFILL);
        manual.advance(Duration.ofSeconds(9));
        for (int i = 0; i < 20; i++) {
            ask(single, "open " + i, Lane.INTERACTIVE);
        }
        for (int i = 0; i < 8; i++) {
            wire.answerAll();
        }
        assertFalse(wire.names().contains("backfill"), "not before it has waited for ten seconds");
        manual.advance(SECOND);
        for (int i = 0; i < 8; i++) {
            wire.answerAll();
        }
        assertTrue(wire.names().contains("backfill"));
    }

    @Test
    void startsInOneInterval_neverExceedTheCap() {
        Guard capped = guard(
                GuardSettings.builder().maxInFlight(100).starts(10, SECOND).build());
        for (int i = 0; i < 25; i++) {
            ask(capped, "call", Lane.DELTA);
        }
        assertEquals(10, wire.sent.size());
        manual.advance(SECOND.minusNanos(1));
        assertEquals(10, wire.sent.size());
        manual.advance(Duration.ofNanos(1));
        assertEquals(20, wire.sent.size());
        manual.advance(SECOND);
        assertEquals(25, wire.sent.size());
    }

    @Test
    void queueThatIsFull_refusesOneMoreAndTellsItsLength() {
        Guard narrow =
                guard(GuardSettings.builder().maxInFlight(1).maxWaiting(2).build());
        ask(narrow, "running", Lane.DELTA);
        ask(narrow, "waiting 1", Lane.DELTA);
        ask(narrow, "waiting 2", Lane.DELTA);
        MailException refused = failure(ask(narrow, "too many", Lane.INTERACTIVE));
        assertEquals(Kind.QUEUE_FULL, refused.kind());
        assertTrue(refused.getMessage().contains("2 calls"), refused.getMessage());
    }

    @Test
    void callThatCannotStartBeforeItsDeadline_failsAtOnceAndSaysWhen() {
        Guard slow =
                guard(GuardSettings.builder().maxInFlight(1).starts(1, SECOND).build());
        ask(slow, "running", Lane.DELTA);
        for (int i = 0; i < 5; i++) {
            ask(slow, "waiting", Lane.DELTA);
        }
        MailException early =
                failure(slow.callAsync(READ, Lane.DELTA, time.deadline(Duration.ofSeconds(4)), wire.request("late")));
        assertEquals(Kind.DEADLINE, early.kind());
        assertEquals(manual.now().plusSeconds(5), early.retryAt().orElseThrow());
        assertTrue(early.getMessage().contains("5 calls of its lane wait"), early.getMessage());
    }

    @Test
    void deadlineThatPassesInTheQueue_endsTheCallThen() {
        ask(single, "running", Lane.DELTA);
        CompletableFuture<String> late =
                single.callAsync(READ, Lane.DELTA, time.deadline(Duration.ofSeconds(3)), wire.request("late"));
        manual.advance(Duration.ofSeconds(3).minusNanos(1));
        assertFalse(late.isDone());
        manual.advance(Duration.ofNanos(1));
        MailException passed = failure(late);
        assertEquals(Kind.DEADLINE, passed.kind());
        assertTrue(passed.getMessage().contains("waited for a place"), passed.getMessage());
        assertEquals(0, single.explain().waiting());
    }

    @Test
    void cancelledWhileWaiting_leavesTheQueueAtOnce() {
        ask(single, "running", Lane.DELTA);
        CompletableFuture<String> waiting = ask(single, "waiting", Lane.DELTA);
        waiting.cancel(true);
        assertEquals(0, single.explain().waiting());
        wire.answerAll();
        assertEquals(List.of("running"), wire.names());
    }

    @Test
    void cancelledInFlight_isBrokenAndFreesItsPlaceAtOnce() {
        CompletableFuture<String> running = ask(single, "running", Lane.DELTA);
        List<String> broken = new ArrayList<>();
        wire.last().cancellation().onCancel(() -> broken.add("running"));
        ask(single, "next", Lane.DELTA);
        running.cancel(true);
        assertEquals(List.of("running"), broken);
        assertEquals(List.of("running", "next"), wire.names());
    }

    @Test
    void timeLimit_isBrokenAndFreesItsPlaceAtOnce() {
        CompletableFuture<String> running =
                single.callAsync(SEND, Lane.SEND, time.deadline(CALL), wire.request("slow"));
        ask(single, "next", Lane.SEND);
        manual.advance(TIMEOUT);
        MailException late = failure(running);
        assertEquals(Kind.TIMEOUT, late.kind());
        assertTrue(late.mayHaveTakenEffect());
        assertEquals(List.of("slow", "next"), wire.names());
        wire.sent.get(0).answer().complete("too late");
        assertEquals(1, single.explain().inFlight());
    }

    @Test
    void longQueueOfCallsThatEndAtOnce_isDrainedWithoutNesting() {
        ask(single, "running", Lane.DELTA);
        List<CompletableFuture<String>> calls = new ArrayList<>();
        Guard wide = guard(GuardSettings.builder()
                .maxInFlight(1)
                .starts(10_000, Duration.ofMillis(1))
                .maxWaiting(100_000)
                .build());
        CompletableFuture<String> gate = new CompletableFuture<>();
        calls.add(wide.callAsync(READ, Lane.DELTA, time.deadline(CALL), cancellation -> gate));
        for (int i = 0; i < 9_000; i++) {
            calls.add(wide.callAsync(
                    READ, Lane.DELTA, time.deadline(CALL), cancellation -> CompletableFuture.completedFuture("done")));
        }
        gate.complete("open");
        assertTrue(calls.stream().allMatch(CompletableFuture::isDone));
    }

    @Test
    void closed_endsWhatWaitsAndWhatRuns() {
        CompletableFuture<String> running = ask(single, "running", Lane.DELTA);
        CompletableFuture<String> waiting = ask(single, "waiting", Lane.DELTA);
        single.close();
        assertEquals(Kind.CANCELLED, failure(running).kind());
        assertEquals(Kind.CANCELLED, failure(waiting).kind());
        assertEquals(0, single.explain().inFlight());
        assertTrue(wire.last().cancellation().isCancelled());
        assertEquals(0, manual.pendingTimers());
    }

    @Test
    void drained_refusesNewCallsAndWaitsForTheOthers() {
        CompletableFuture<String> running = ask(single, "running", Lane.DELTA);
        CompletableFuture<String> waiting = ask(single, "waiting", Lane.DELTA);
        CompletableFuture<Boolean> drained =
                CompletableFuture.supplyAsync(() -> single.drain(Duration.ofSeconds(10)), threads);
        awaitThat(() -> failsWhenDraining(), "new calls are refused");
        wire.answerAll();
        wire.answerAll();
        assertEquals("answer", running.join());
        assertEquals("answer", waiting.join());
        awaitThat(
                () -> {
                    manual.advance(Duration.ofMillis(20));
                    return drained.isDone();
                },
                "drained");
        assertTrue(drained.join());
    }

    private boolean failsWhenDraining() {
        CompletableFuture<String> refused =
                single.callAsync(READ, Lane.DELTA, time.deadline(CALL), wire.request("new"));
        boolean failed = refused.isCompletedExceptionally();
        refused.cancel(true);
        return failed;
    }

    private CompletableFuture<String> ask(Guard guard, String name, Lane lane) {
        return guard.callAsync(READ, lane, time.deadline(CALL), wire.request(name));
    }
}
