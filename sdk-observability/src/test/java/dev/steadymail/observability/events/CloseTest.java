package dev.steadymail.observability.events;

import static dev.steadymail.observability.events.Bench.balanced;
import static dev.steadymail.observability.events.Bench.offer;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.steadymail.observability.export.EventBatch;
import dev.steadymail.observability.export.EventExporter;
import dev.steadymail.observability.export.ExportCall;
import dev.steadymail.observability.export.ExportResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An exporter that hangs holds up nobody. */
class CloseTest {
    private static final int PATIENCE = 30;

    private final Bench bench = new Bench();
    private final ExecutorService sender = Executors.newSingleThreadExecutor();
    private final ExecutorService others = Executors.newCachedThreadPool();
    private final Hanging exporter = new Hanging();

    @AfterEach
    void stop() {
        exporter.release.countDown();
        sender.shutdownNow();
        others.shutdownNow();
    }

    private EventBatcher batcher() {
        return bench.batcher(EventBatcher.builder(exporter), sender);
    }

    @Test
    void hangingExporter_isCancelledAtTheDeadline() throws Exception {
        EventBatcher batcher = batcher();
        offer(batcher, 0, 150);
        await(exporter.entered);
        CompletableFuture<Void> closed = CompletableFuture.runAsync(batcher::close, others);
        bench.time.awaitTimers(1); // the deadline
        bench.time.advance(Duration.ofMillis(4_999));
        assertFalse(exporter.cancelled.await(0, TimeUnit.SECONDS));
        assertFalse(closed.isDone());
        bench.time.advance(Duration.ofMillis(1));
        closed.get(PATIENCE, TimeUnit.SECONDS);
        await(exporter.cancelled);
        assertEquals(150, balanced(batcher, 150).givenUp());
        assertEquals(1, exporter.calls.get());
        assertTrue(exporter.closed.getCount() == 0);
    }

    @Test
    void exporterThatHeedsNothing_isLeftAlone() throws Exception {
        exporter.stubborn = true;
        EventBatcher batcher = batcher();
        offer(batcher, 0, 150);
        await(exporter.entered);
        CompletableFuture<Void> closed = CompletableFuture.runAsync(batcher::close, others);
        bench.time.awaitTimers(1);
        bench.time.advance(Duration.ofSeconds(5));
        closed.get(PATIENCE, TimeUnit.SECONDS);
        assertEquals(150, balanced(batcher, 150).givenUp());
        exporter.release.countDown(); // it took the batch after all, too late to count
        sender.shutdown();
        assertTrue(sender.awaitTermination(PATIENCE, TimeUnit.SECONDS));
        assertEquals(150, balanced(batcher, 150).givenUp());
    }

    @Test
    void switchingOff_cancelsWhatIsUnderWay() throws Exception {
        EventBatcher batcher = batcher();
        offer(batcher, 0, 150);
        await(exporter.entered);
        batcher.disable();
        await(exporter.cancelled);
        BatcherStatistics all = balanced(batcher, 150);
        assertEquals(List.of(100L, 50L), List.of(all.givenUp(), all.dropped().forgotten()));
        batcher.close();
    }

    @Test
    void switchedOff_whatIsTakenAfterAll_isNotCountedAgain() throws Exception {
        exporter.stubborn = true;
        EventBatcher batcher = batcher();
        offer(batcher, 0, 150);
        await(exporter.entered);
        batcher.disable();
        exporter.release.countDown();
        sender.shutdown();
        assertTrue(sender.awaitTermination(PATIENCE, TimeUnit.SECONDS));
        BatcherStatistics all = balanced(batcher, 150);
        assertEquals(List.of(100L, 0L), List.of(all.givenUp(), all.sent()));
    }

    /** Those who hand over return while the exporter hangs and the ring is full, however many they are; each event is counted once. */
    @ParameterizedTest
    @EnumSource(Overflow.class)
    void manyThreads_areNeverHeldUp_andEachEventIsCountedOnce(Overflow overflow) throws Exception {
        EventBatcher batcher = bench.batcher(
                EventBatcher.builder(exporter).settings(BatcherSettings.DEFAULT.withCapacity(500, overflow)), sender);
        offer(batcher, 0, 100);
        await(exporter.entered);
        int threads = 6;
        int each = 20_000;
        List<Future<?>> offers = new ArrayList<>();
        for (int thread = 0; thread < threads; thread++) {
            offers.add(others.submit(() -> offer(batcher, 0, each)));
        }
        for (Future<?> done : offers) {
            done.get(PATIENCE, TimeUnit.SECONDS);
        }
        BatcherStatistics full = balanced(batcher, 100L + (long) threads * each);
        assertEquals(List.of(500L, 100L), List.of(full.waiting(), full.inDelivery()));
        exporter.release.countDown();
        assertTrue(batcher.flush(Duration.ofSeconds(PATIENCE)));
        BatcherStatistics empty = balanced(batcher, 100L + (long) threads * each);
        assertEquals(List.of(0L, 600L), List.of(empty.waiting(), empty.sent()));
        batcher.close();
    }

    /** Threads hand over while others switch it off and on and it is closed in the midst: no event is counted twice or not at all. */
    @Test
    void closedAndSwitchedInTheMidst_eachEventIsCountedOnce() throws Exception {
        for (int round = 0; round < 30; round++) {
            AtomicInteger arrived = new AtomicInteger();
            ExecutorService own = Executors.newSingleThreadExecutor();
            EventBatcher batcher = bench.batcher(
                    EventBatcher.builder((batch, call) -> {
                                var unused = arrived.addAndGet(batch.events());
                                return ExportResult.taken();
                            })
                            .settings(BatcherSettings.DEFAULT.withCapacity(300, Overflow.DROP_OLDEST)),
                    own);
            List<Future<?>> offers = new ArrayList<>();
            for (int thread = 0; thread < 4; thread++) {
                offers.add(others.submit(() -> offer(batcher, 0, 5_000)));
            }
            batcher.disable();
            batcher.enable();
            if (round % 2 == 0) {
                batcher.close();
            }
            for (Future<?> done : offers) {
                done.get(PATIENCE, TimeUnit.SECONDS);
            }
            batcher.close();
            BatcherStatistics all = balanced(batcher, 20_000);
            assertEquals(0, all.waiting(), all::toString);
            // What was cancelled may have arrived all the same.
            assertTrue(all.sent() <= arrived.get() && arrived.get() <= all.sent() + all.givenUp(), all::toString);
            own.shutdown();
            assertTrue(own.awaitTermination(PATIENCE, TimeUnit.SECONDS));
        }
    }

    private static void await(CountDownLatch latch) throws InterruptedException {
        assertTrue(latch.await(PATIENCE, TimeUnit.SECONDS));
    }

    /** Hangs until it is released or cancelled. */
    private static final class Hanging implements EventExporter {
        private final CountDownLatch entered = new CountDownLatch(1);
        private final CountDownLatch release = new CountDownLatch(1);
        private final CountDownLatch cancelled = new CountDownLatch(1);
        private final CountDownLatch closed = new CountDownLatch(1);
        private final AtomicInteger calls = new AtomicInteger();
        private volatile boolean stubborn;

        @Override
        public ExportResult export(EventBatch batch, ExportCall call) {
            var unused = calls.incrementAndGet();
            entered.countDown();
            while (true) {
                try {
                    if (!release.await(PATIENCE, TimeUnit.SECONDS)) {
                        throw new IllegalStateException("nobody released it");
                    }
                    return ExportResult.taken();
                } catch (InterruptedException interrupt) {
                    if (!stubborn) {
                        cancelled.countDown();
                        return ExportResult.unknown();
                    }
                }
            }
        }

        @Override
        public void close() {
            closed.countDown();
        }
    }
}
