package dev.steadymail.observability.events;

import dev.steadymail.event.ClientEvent.CircuitEvent.State;

/**
 * What became of all events since the batcher was made. These hold whenever it is read:
 *
 * <pre>
 * offered = sampledOut + switchedOff + dropped.total() + taken + waiting
 * taken   = sent + refused + spilled + givenUp + inDelivery
 * spill.put() + spill.found() = spill.sent() + spill.refused() + spill.dropped() + spill.waiting()
 * </pre>
 *
 * @param offered events that came
 * @param sampledOut those that the share left out
 * @param switchedOff those that came while it was switched off
 * @param dropped those that had to go before they were in a batch
 * @param taken those that were put into a batch
 * @param waiting those that wait for a batch
 * @param sent those in batches that the exporter took
 * @param refused those in batches that it will never take
 * @param spilled those in batches that were put on disk
 * @param givenUp those in batches that were tried too often, or were forgotten, with no disk to put them on, or could not be written
 * @param inDelivery those in the batch that is being sent
 * @param batches batches that the exporter took, from memory and disk
 * @param retries tries of a batch beyond its first
 * @param resent tries of a batch that may have arrived before, those from disk included: only these can arrive twice
 * @param spill events on disk
 * @param circuit whether the exporter is tried: {@code OPEN} where it rests
 */
public record BatcherStatistics(
        long offered,
        long sampledOut,
        long switchedOff,
        Dropped dropped,
        long taken,
        long waiting,
        long sent,
        long refused,
        long spilled,
        long givenUp,
        long inDelivery,
        long batches,
        long retries,
        long resent,
        Spill spill,
        State circuit) {
    /**
     * Events that had to go before they were in a batch.
     *
     * @param oldest those that waited longest when there was no room
     * @param newest those that came when there was no room
     * @param closed those that came after the close
     * @param forgotten those that waited when it was switched off
     */
    public record Dropped(long oldest, long newest, long closed, long forgotten) {
        /** Returns how many all are. */
        public long total() {
            return oldest + newest + closed + forgotten;
        }
    }

    /**
     * Events on disk.
     *
     * @param put those that were put there
     * @param found those that lay there at the start
     * @param sent those of them that the exporter took
     * @param refused those that it will never take
     * @param dropped those that gave way to others, could not be written or read, or were forgotten
     * @param waiting those that wait there
     * @param damaged files that were not what was written, and how many events they had nobody knows
     */
    public record Spill(long put, long found, long sent, long refused, long dropped, long waiting, long damaged) {}
}
