package dev.steadymail.observability.events;

import static dev.steadymail.observability.events.Bench.balanced;
import static dev.steadymail.observability.events.Bench.numbers;
import static dev.steadymail.observability.events.Bench.offer;
import static dev.steadymail.observability.events.Bench.range;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.steadymail.event.ClientEvent.CircuitEvent.State;
import dev.steadymail.event.ClientEvent.LimitEvent;
import dev.steadymail.mail.AccountId;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.mail.Protocol;
import dev.steadymail.observability.export.EventBatch;
import dev.steadymail.observability.export.ExportResult;
import dev.steadymail.observability.export.InMemoryExporter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** When batches go, in what order, how often, and that every event is counted once. */
class EventBatcherTest {
    private final Bench bench = new Bench();
    private final InMemoryExporter exporter = new InMemoryExporter();

    @Test
    void aHundredEvents_goAtOnce() {
        EventBatcher batcher = bench.batcher(exporter);
        offer(batcher, 0, 99);
        assertEquals(List.of(), exporter.taken());
        offer(batcher, 99, 100);
        assertEquals(range(0, 100), numbers(exporter.taken()));
        assertEquals(0, bench.time.pendingTimers());
        assertEquals(100, balanced(batcher, 100).sent());
    }

    @Test
    void fewEvents_goFiveSecondsAfterTheFirst() {
        EventBatcher batcher = bench.batcher(exporter);
        offer(batcher, 0, 1);
        bench.time.advance(Duration.ofMillis(4_999));
        offer(batcher, 1, 3);
        assertEquals(List.of(), exporter.taken());
        bench.time.advance(Duration.ofMillis(1));
        assertEquals(range(0, 3), numbers(exporter.taken()));
        offer(batcher, 3, 4);
        bench.time.advance(Duration.ofMillis(4_999));
        assertEquals(1, exporter.taken().size());
        bench.time.advance(Duration.ofMillis(1));
        assertEquals(range(0, 4), numbers(exporter.taken()));
        assertEquals(0, bench.time.pendingTimers());
    }

    @Test
    void backlog_goesInBatchesOfAHundred_andTheRestNoLaterThanFiveSecondsAfterItCame() {
        EventBatcher batcher = bench.batcher(exporter.answer(ExportResult.notTaken(Duration.ofSeconds(2))));
        offer(batcher, 0, 350);
        assertEquals(List.of(), exporter.taken());
        bench.time.advance(Duration.ofSeconds(2));
        assertEquals(range(0, 300), numbers(exporter.taken()));
        bench.time.advance(Duration.ofSeconds(3));
        assertEquals(range(0, 350), numbers(exporter.taken()));
        assertTrue(exporter.taken().stream().allMatch(batch -> batch.events() <= EventBatch.MOST_EVENTS));
    }

    @Test
    void fullRing_dropsTheOldest() {
        exporter.otherwise(ExportResult.notTaken(Duration.ofMinutes(5)));
        EventBatcher batcher = bench.batcher(EventBatcher.builder(exporter)
                .settings(BatcherSettings.DEFAULT.withCapacity(200, Overflow.DROP_OLDEST)));
        offer(batcher, 0, 1_000);
        BatcherStatistics full = balanced(batcher, 1_000);
        assertEquals(
                List.of(700L, 0L, 200L, 100L),
                List.of(full.dropped().oldest(), full.dropped().newest(), full.waiting(), full.inDelivery()));
        exporter.otherwise(ExportResult.taken());
        bench.time.advance(Duration.ofMinutes(5));
        assertEquals(range(0, 100), numbers(exporter.taken()).subList(0, 100));
        assertEquals(range(800, 1_000), numbers(exporter.taken()).subList(100, 300));
    }

    @Test
    void fullRing_dropsTheNewestWhereToldTo() {
        exporter.otherwise(ExportResult.notTaken(Duration.ofMinutes(5)));
        EventBatcher batcher = bench.batcher(EventBatcher.builder(exporter)
                .settings(BatcherSettings.DEFAULT.withCapacity(200, Overflow.DROP_NEWEST)));
        offer(batcher, 0, 1_000);
        assertEquals(700, balanced(batcher, 1_000).dropped().newest());
        exporter.otherwise(ExportResult.taken());
        bench.time.advance(Duration.ofMinutes(5));
        assertEquals(range(0, 300), numbers(exporter.taken()));
    }

    @Test
    void batchNotTaken_isSentAgainUnderItsId_beforeAllOthers() {
        exporter.answer(ExportResult.unknown(), ExportResult.notTaken(null), ExportResult.notTaken(null));
        EventBatcher batcher = bench.batcher(exporter);
        offer(batcher, 0, 250);
        bench.time.advance(Duration.ofMinutes(1));
        assertEquals(range(0, 250), numbers(exporter.taken()));
        List<EventBatch> tried = exporter.tried();
        assertEquals(
                1, tried.subList(0, 4).stream().map(EventBatch::id).distinct().count());
        BatcherStatistics all = balanced(batcher, 250);
        assertEquals(List.of(3L, 3L, 3L), List.of(all.retries(), all.resent(), all.batches()));
    }

    @Test
    void refusedBatch_isDroppedAndCounted() {
        EventBatcher batcher = bench.batcher(exporter.answer(ExportResult.refused()));
        offer(batcher, 0, 200);
        assertEquals(range(100, 200), numbers(exporter.taken()));
        BatcherStatistics all = balanced(batcher, 200);
        assertEquals(List.of(100L, 100L, 0L), List.of(all.refused(), all.sent(), all.retries()));
    }

    @Test
    void afterFiveFailures_itRests30Seconds_thenTwiceAsLong_upToFiveMinutes() {
        exporter.otherwise(ExportResult.notTaken(Duration.ZERO));
        EventBatcher batcher =
                bench.batcher(EventBatcher.builder(exporter).settings(BatcherSettings.DEFAULT.withMaxTries(1_000)));
        offer(batcher, 0, 100);
        while (exporter.tried().size() < 5) {
            bench.time.advance(Duration.ofMillis(1));
        }
        assertEquals(State.OPEN, batcher.statistics().circuit());
        int tries = 5;
        for (int seconds : List.of(30, 60, 120, 240, 300, 300)) {
            bench.time.advance(Duration.ofSeconds(seconds).minusMillis(10));
            assertEquals(tries, exporter.tried().size(), seconds + " seconds");
            bench.time.advance(Duration.ofMillis(10));
            assertEquals(++tries, exporter.tried().size(), seconds + " seconds");
        }
        exporter.otherwise(ExportResult.taken());
        bench.time.advance(Duration.ofMinutes(5));
        assertEquals(State.CLOSED, batcher.statistics().circuit());
        assertEquals(100, balanced(batcher, 100).sent());
    }

    @Test
    void statedPause_isKept_butFiveMinutesAtMost() {
        exporter.answer(
                ExportResult.notTaken(Duration.ofSeconds(17)), ExportResult.notTaken(Duration.ofDays(100_000_000)));
        EventBatcher batcher = bench.batcher(exporter);
        offer(batcher, 0, 100);
        bench.time.advance(Duration.ofMillis(16_999));
        assertEquals(1, exporter.tried().size());
        bench.time.advance(Duration.ofMillis(1));
        assertEquals(2, exporter.tried().size());
        bench.time.advance(Duration.ofMillis(299_999));
        assertEquals(2, exporter.tried().size());
        bench.time.advance(Duration.ofMillis(1));
        assertEquals(100, balanced(batcher, 100).sent());
    }

    @Test
    void triedTooOften_isGivenUp_andTheNextGoes() {
        exporter.answer(ExportResult.notTaken(null), ExportResult.unknown());
        EventBatcher batcher =
                bench.batcher(EventBatcher.builder(exporter).settings(BatcherSettings.DEFAULT.withMaxTries(2)));
        offer(batcher, 0, 200);
        bench.time.advance(Duration.ofMinutes(1));
        assertEquals(range(100, 200), numbers(exporter.taken()));
        assertEquals(100, balanced(batcher, 200).givenUp());
    }

    @Test
    void exporterThatThrows_isTriedAgain() {
        int[] calls = {0};
        EventBatcher batcher = bench.batcher((batch, call) -> {
            if (calls[0]++ == 0) {
                throw new IllegalStateException("a fault");
            }
            return exporter.export(batch, call);
        });
        offer(batcher, 0, 100);
        bench.time.advance(Duration.ofMinutes(1));
        assertEquals(1, balanced(batcher, 100).resent());
        assertEquals(range(0, 100), numbers(exporter.taken()));
    }

    @Test
    void eventThatCannotBeWritten_stopsNoneBehindIt() {
        EventBatcher batcher = bench.batcher(exporter);
        batcher.on(new LimitEvent(Instant.MIN, new AccountId("a"), Protocol.IMAP, "day", 1, 2));
        assertTrue(batcher.flush(Duration.ofSeconds(1)));
        offer(batcher, 0, 100);
        assertEquals(range(0, 100), numbers(exporter.taken()));
        assertEquals(1, balanced(batcher, 101).givenUp());
    }

    @Test
    void exporterThatAnswersNothing_isTriedAgain() {
        AtomicInteger asked = new AtomicInteger();
        EventBatcher batcher =
                bench.batcher((batch, call) -> asked.incrementAndGet() == 1 ? null : ExportResult.taken());
        offer(batcher, 0, 100);
        bench.time.advance(Duration.ofSeconds(1));
        assertEquals(100, balanced(batcher, 100).sent());
    }

    @Test
    void pauseOfNought_isAPauseAllTheSame() {
        exporter.otherwise(ExportResult.notTaken(Duration.ZERO));
        EventBatcher batcher = bench.batcher(exporter);
        offer(batcher, 0, 100);
        assertTrue(exporter.tried().size() < 3, () -> exporter.tried().size() + " tries at once");
    }

    @Test
    void share_leavesOutSuccessesAlone() {
        EventBatcher none =
                bench.batcher(EventBatcher.builder(exporter).settings(BatcherSettings.DEFAULT.withShare(0)));
        Samples.all().forEach(none::on);
        none.on(Samples.request(Protocol.GMAIL, "messages.get", 1, Kind.TIMEOUT));
        long successes = 4 + 5;
        BatcherStatistics all = balanced(none, Samples.all().size() + 1L);
        assertEquals(successes, all.sampledOut());
        none.close();
        assertEquals(
                Samples.all().size() + 1L - successes,
                balanced(none, all.offered()).sent());
    }

    @Test
    void share_isKeptAboutSo() {
        EventBatcher some =
                bench.batcher(EventBatcher.builder(exporter).settings(BatcherSettings.DEFAULT.withShare(0.25)));
        offer(some, 0, 20_000);
        double kept = 1 - some.statistics().sampledOut() / 20_000.0;
        assertTrue(kept > 0.2 && kept < 0.3, () -> kept + " kept");
        some.close();
        balanced(some, 20_000);
    }

    @Test
    void switchedOff_forgetsWhatWaits_andTakesNothing() {
        EventBatcher batcher = bench.batcher(exporter.answer(ExportResult.notTaken(null)));
        offer(batcher, 0, 150);
        batcher.disable();
        offer(batcher, 150, 160);
        assertFalse(batcher.isEnabled());
        bench.time.advance(Duration.ofHours(1));
        assertEquals(List.of(), exporter.taken());
        BatcherStatistics all = balanced(batcher, 160);
        assertEquals(List.of(50L, 100L, 10L), List.of(all.dropped().forgotten(), all.givenUp(), all.switchedOff()));
        batcher.enable();
        offer(batcher, 160, 260);
        assertEquals(range(160, 260), numbers(exporter.taken()));
        assertEquals(0, bench.time.pendingTimers());
    }

    @Test
    void close_sendsWhatWaits_andTakesNoMore() {
        EventBatcher batcher = bench.batcher(exporter);
        offer(batcher, 0, 42);
        batcher.close();
        batcher.close();
        offer(batcher, 42, 45);
        assertEquals(range(0, 42), numbers(exporter.taken()));
        assertEquals(3, balanced(batcher, 45).dropped().closed());
        assertEquals(0, bench.time.pendingTimers());
    }

    @Test
    void close_doesNotWaitForARestThatLastsLonger() {
        exporter.otherwise(ExportResult.notTaken(Duration.ofMinutes(1)));
        EventBatcher batcher = bench.batcher(exporter);
        offer(batcher, 0, 120);
        batcher.close(); // on this thread: it would wait for ever
        assertEquals(120, balanced(batcher, 120).givenUp());
        assertEquals(1, exporter.tried().size());
    }

    @Test
    void flush_sendsWhatWaits() {
        EventBatcher batcher = bench.batcher(exporter);
        offer(batcher, 0, 7);
        assertTrue(batcher.flush(Duration.ofSeconds(1)));
        assertEquals(range(0, 7), numbers(exporter.taken()));
        exporter.otherwise(ExportResult.notTaken(Duration.ofMinutes(1)));
        offer(batcher, 7, 9);
        assertFalse(batcher.flush(Duration.ofSeconds(1)));
        bench.time.advance(Duration.ofMinutes(10));
        batcher.close();
    }
}
