package dev.steadymail.observability.events;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.steadymail.observability.export.EventBatch;
import dev.steadymail.observability.export.EventExporter;
import dev.steadymail.testkit.time.ManualTime;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.stream.IntStream;

/** Time by hand, and sending on the thread that hands over or moves time, so that nothing is left to chance. */
final class Bench {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long SEED = 4711;

    final ManualTime time = new ManualTime();
    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private boolean atWork;

    EventBatcher batcher(EventExporter exporter) {
        return batcher(EventBatcher.builder(exporter));
    }

    EventBatcher batcher(EventBatcher.Builder builder) {
        return batcher(builder, this::run);
    }

    EventBatcher batcher(EventBatcher.Builder builder, Executor executor) {
        return builder.on(time.timeSource(SEED), executor).build();
    }

    /** Runs a task now, or behind the one that asks for it. */
    private void run(Runnable task) {
        tasks.add(task);
        if (!atWork) {
            atWork = true;
            try {
                while (!tasks.isEmpty()) {
                    tasks.remove().run();
                }
            } finally {
                atWork = false;
            }
        }
    }

    /** Hands over requests with these numbers. */
    static void offer(EventBatcher batcher, int from, int to) {
        IntStream.range(from, to).forEach(number -> batcher.on(Samples.request(number)));
    }

    /** Returns the numbers of requests, batch by batch. */
    static List<Integer> numbers(List<EventBatch> batches) {
        List<Integer> numbers = new ArrayList<>();
        for (EventBatch batch : batches) {
            events(batch.json())
                    .forEach(event -> numbers.add(event.at("/details/units").asInt()));
        }
        return numbers;
    }

    static List<Integer> range(int from, int to) {
        return IntStream.range(from, to).boxed().toList();
    }

    static JsonNode events(String json) {
        return json(json).get("events");
    }

    static JsonNode json(String json) {
        try {
            return JSON.readTree(json);
        } catch (IOException malformed) {
            throw new UncheckedIOException(malformed);
        }
    }

    /** Every event is counted once. */
    static BatcherStatistics balanced(EventBatcher batcher, long offered) {
        BatcherStatistics all = batcher.statistics();
        assertEquals(
                all.offered(),
                all.sampledOut() + all.switchedOff() + all.dropped().total() + all.taken() + all.waiting(),
                all::toString);
        assertEquals(
                all.taken(),
                all.sent() + all.refused() + all.spilled() + all.givenUp() + all.inDelivery(),
                all::toString);
        BatcherStatistics.Spill spill = all.spill();
        assertEquals(
                spill.put() + spill.found(),
                spill.sent() + spill.refused() + spill.dropped() + spill.waiting(),
                all::toString);
        assertEquals(offered, all.offered(), all::toString);
        assertTrue(all.dropped().oldest() >= 0, all::toString);
        return all;
    }
}
