package dev.steadymail.observability.export;

/**
 * Sends batches of events somewhere. It is given one batch at a time, in their order, always on the batcher's own thread; a batch that may
 * not have arrived is given again under the same id, and nothing else in between. Closed by the batcher.
 */
@FunctionalInterface
public interface EventExporter extends AutoCloseable {
    /**
     * Sends a batch, and answers what became of it. May block, for as long as its own deadlines allow, and ends early where the call is
     * cancelled: the thread is interrupted then as well. What it throws counts as {@link ExportResult#unknown}.
     */
    ExportResult export(EventBatch batch, ExportCall call);

    /** Gives up connections and files; called once, when nothing more will be given, though a call that was cancelled may still be ending. */
    @Override
    default void close() {}
}
