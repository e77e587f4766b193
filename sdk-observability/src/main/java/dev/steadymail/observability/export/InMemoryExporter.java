package dev.steadymail.observability.export;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

/** Keeps the last batches in memory, for tests, and answers as it is told. Thread-safe. */
public final class InMemoryExporter implements EventExporter {
    private static final int MOST_KEPT = 10_000;

    /** Guarded by this object, as all that follows is. */
    private final Queue<EventBatch> taken = new ArrayDeque<>();

    private final Queue<EventBatch> tried = new ArrayDeque<>();
    private final Queue<ExportResult> answers = new ArrayDeque<>();
    private ExportResult otherwise = ExportResult.taken();

    /** Takes every batch. */
    public InMemoryExporter() {}

    /** Answers the next tries so, one after the other, before it answers as otherwise. */
    public synchronized InMemoryExporter answer(ExportResult... next) {
        answers.addAll(List.of(next));
        return this;
    }

    /** Answers so wherever nothing else was said. */
    public synchronized InMemoryExporter otherwise(ExportResult answer) {
        otherwise = answer;
        return this;
    }

    @Override
    public synchronized ExportResult export(EventBatch batch, ExportCall call) {
        ExportResult next = answers.poll();
        ExportResult answer = next == null ? otherwise : next;
        keep(tried, batch);
        if (answer.verdict() == ExportResult.Verdict.TAKEN) {
            keep(taken, batch);
        }
        return answer;
    }

    private static void keep(Queue<EventBatch> batches, EventBatch batch) {
        if (batches.size() == MOST_KEPT) {
            batches.remove();
        }
        batches.add(batch);
    }

    /** Returns the batches that were taken, in their order, the last 10,000 at most. */
    public synchronized List<EventBatch> taken() {
        return new ArrayList<>(taken);
    }

    /** Returns a batch for each try, in their order, the last 10,000 at most. */
    public synchronized List<EventBatch> tried() {
        return new ArrayList<>(tried);
    }
}
