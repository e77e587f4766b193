package dev.steadymail.observability.events;

import dev.steadymail.event.ClientEvent;
import dev.steadymail.observability.export.EventBatch;
import dev.steadymail.observability.export.EventExporter;
import dev.steadymail.observability.export.ExportCall;
import dev.steadymail.observability.export.ExportResult;
import dev.steadymail.observability.export.ExportResult.Verdict;
import dev.steadymail.time.TimeSource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes events out of the ring and sees them to their end, batch by batch: the oldest batch on disk first, then the one in memory, then the
 * next of the ring. One thread delivers; others may end it, forget everything, or read figures, at any time: no lock is held while the
 * exporter works, and what it answers counts only where the batch is still the one.
 */
final class Delivery {
    /** What {@link #step} answers where there is nothing to send. */
    static final long NOTHING = -1;

    private static final Logger LOG = LoggerFactory.getLogger(Delivery.class);
    /** How often it is looked for an event whose place is taken but that is not there yet. */
    private static final int MOST_LOOKS = 1_000;

    private static final long LOOK_PAUSE_NANOS = 10_000;

    private final EventRing ring;
    private final Due due;
    private final EventExporter exporter;
    private final EventJson json;
    private final UUID session;
    private final int maxBatch;
    private final int maxTries;
    private final long spillEvery;
    private final Pacing pacing;
    private final @Nullable SpillFolder spill;
    private final ReentrantLock lock = new ReentrantLock();

    /** Guarded by the lock, as all that follows is. */
    private @Nullable Pending pending;

    private @Nullable ExportCall sending;
    private boolean off;
    private boolean ended;
    private boolean complained;
    private long taken;
    private long sent;
    private long refused;
    private long spilled;
    private long givenUp;
    private long batches;
    private long retries;
    private long resent;
    private long forgotten;
    private long tooLate;

    Delivery(
            EventRing ring,
            Due due,
            EventExporter exporter,
            EventJson json,
            UUID session,
            BatcherSettings settings,
            @Nullable SpillFolder spill,
            TimeSource time) {
        this.ring = ring;
        this.due = due;
        this.exporter = exporter;
        this.json = json;
        this.session = session;
        this.maxBatch = settings.maxBatch();
        this.maxTries = settings.maxTries();
        this.spillEvery = settings.maxAge().toNanos();
        this.pacing = new Pacing(time);
        this.spill = spill;
    }

    /**
     * Sends the next batch once, where there is one and the exporter need not rest.
     *
     * @return 0 to go on, {@link #NOTHING}, or how many nanoseconds to wait
     */
    long step() {
        Pending next;
        ExportCall call;
        lock.lock();
        try {
            if (ended || off || !hasNext()) {
                return NOTHING;
            }
            long rest = pacing.restNanos();
            if (rest > 0) {
                spillBehindSpilled();
                return rest;
            }
            try {
                next = next();
            } catch (IOException unreadable) {
                pacing.failed(null);
                return Math.max(1, pacing.restNanos());
            }
            if (next == null) {
                return NOTHING;
            }
            count(next);
            call = ExportCall.begin();
            sending = call;
        } finally {
            lock.unlock();
        }
        settle(next, export(next.batch, call));
        return 0;
    }

    /** Returns how long to wait at most while nothing may be sent: what comes meanwhile may have to go to disk. */
    long lookAgain(long restNanos) {
        return spill == null ? restNanos : Math.min(restNanos, spillEvery);
    }

    private boolean hasNext() {
        return pending != null || (spill != null && !spill.isEmpty()) || due.isNow();
    }

    private @Nullable Pending next() throws IOException {
        if (pending == null) {
            EventBatch kept = spill == null ? null : spill.first();
            pending = kept == null ? fromRing() : new Pending(kept, true, 0);
        }
        return pending;
    }

    private @Nullable Pending fromRing() {
        if (!due.isNow()) {
            return null;
        }
        long start = ring.head();
        EventBatch batch = take();
        return batch == null ? null : new Pending(batch, false, start);
    }

    private @Nullable EventBatch take() {
        long waiting = ring.size();
        List<ClientEvent> events = new ArrayList<>(maxBatch);
        while (events.size() < maxBatch) {
            ClientEvent event = ring.poll();
            if (event == null) {
                break;
            }
            events.add(event);
        }
        if (events.isEmpty()) {
            return null;
        }
        due.taken(waiting);
        taken += events.size();
        return batch(events);
    }

    /** An event that cannot be written, of a time that no calendar has for example, must not stop those behind it. */
    private @Nullable EventBatch batch(List<ClientEvent> events) {
        try {
            return EventBatch.of(session, UUID.randomUUID(), events.size(), json.of(events));
        } catch (RuntimeException fault) {
            LOG.warn("Events could not be written, and are given up", fault);
            givenUp += events.size();
            return null;
        }
    }

    private void count(Pending next) {
        if (next.tries > 0) {
            retries++;
        }
        if (next.mayHaveArrived) {
            resent++;
        }
    }

    private ExportResult export(EventBatch batch, ExportCall call) {
        try {
            ExportResult result = exporter.export(batch, call);
            return Objects.requireNonNull(result, "an exporter must answer what became of a batch");
        } catch (Exception | Error fault) { // in other languages it can throw whatever it likes
            complain(fault);
            return ExportResult.unknown();
        } finally {
            call.end();
        }
    }

    private void complain(Throwable fault) {
        lock.lock();
        try {
            if (!complained) {
                complained = true;
                LOG.warn("An exporter of events failed; its batch is tried again. Said once", fault);
            }
        } finally {
            lock.unlock();
        }
    }

    private void settle(Pending tried, ExportResult result) {
        lock.lock();
        try {
            sending = null;
            if (ended || pending != tried) {
                return; // it was spilled or forgotten meanwhile
            }
            switch (result.verdict()) {
                case TAKEN -> {
                    batches++;
                    answered(tried, true);
                }
                case REFUSED -> answered(tried, false);
                case NOT_TAKEN, UNKNOWN -> failed(tried, result);
            }
        } finally {
            lock.unlock();
        }
    }

    private void answered(Pending tried, boolean arrived) {
        pacing.answered();
        pending = null;
        if (!tried.fromSpill) {
            sent += arrived ? tried.batch.events() : 0;
            refused += arrived ? 0 : tried.batch.events();
        } else if (spill != null && arrived) {
            spill.firstSent();
        } else if (spill != null) {
            spill.firstRefused();
        }
    }

    private void failed(Pending tried, ExportResult result) {
        pacing.failed(result.retryAfter());
        tried.tries++;
        tried.mayHaveArrived |= result.verdict() == Verdict.UNKNOWN;
        if (tried.fromSpill) {
            pending = null; // it may have to give way on disk
        } else if (tried.tries >= maxTries) {
            pending = null;
            leave(tried.batch);
        }
        spillFullBatches();
    }

    /** What is on disk already waits for the same receiver. */
    private void spillBehindSpilled() {
        if (spill != null && !spill.isEmpty() && !off) {
            spillFullBatches();
        }
    }

    /** Order is kept: where one batch waits on disk, those behind it can wait there as well, and make room in the ring. */
    private void spillFullBatches() {
        if (spill == null || pending != null) {
            return;
        }
        for (long full = ring.size() / maxBatch; full > 0; full--) {
            EventBatch batch = take();
            if (batch != null) {
                leave(batch);
            }
        }
    }

    private void leave(EventBatch batch) {
        if (spill == null) {
            givenUp += batch.events();
        } else {
            spilled += batch.events();
            spill.put(batch);
        }
    }

    /** Cancels what is under way, and forgets all that waits until {@link #on}. */
    void off() {
        lock.lock();
        try {
            off = true;
            cancel();
            if (pending != null && !pending.fromSpill) {
                givenUp += pending.batch.events();
            }
            pending = null;
            if (spill != null && !ended) {
                spill.forget();
            }
            forgotten += drain();
        } finally {
            lock.unlock();
        }
    }

    /** Forgets events that were on their way into the ring when it was switched off. */
    void forgetLate() {
        lock.lock();
        try {
            if (off) {
                forgotten += drain();
            }
        } finally {
            lock.unlock();
        }
    }

    void on() {
        lock.lock();
        try {
            off = false;
        } finally {
            lock.unlock();
        }
    }

    private void cancel() {
        if (sending != null) {
            sending.cancel();
        }
    }

    private long drain() {
        long drained = 0;
        for (int looks = 0; ring.size() > 0 && looks < MOST_LOOKS; looks++) {
            while (ring.poll() != null) {
                drained++;
            }
            LockSupport.parkNanos(LOOK_PAUSE_NANOS);
        }
        return drained;
    }

    /** Cancels what is under way, puts all that waits on disk or gives it up, and sends nothing any more. */
    void end() {
        lock.lock();
        try {
            if (ended) {
                return;
            }
            ended = true;
            cancel();
            if (off) {
                forgotten += drain();
            }
            if (pending != null && !pending.fromSpill) {
                leave(pending.batch);
            }
            pending = null;
            leaveRing();
            if (spill != null) {
                spill.close();
            }
        } finally {
            lock.unlock();
        }
    }

    private void leaveRing() {
        for (int looks = 0; ring.size() > 0 && looks < MOST_LOOKS; looks++) {
            EventBatch batch = take();
            if (batch == null) {
                LockSupport.parkNanos(LOOK_PAUSE_NANOS);
            } else {
                looks = 0;
                leave(batch);
            }
        }
    }

    /** Counts events that came into the ring after the end. */
    void dropLate() {
        lock.lock();
        try {
            tooLate += drain();
        } finally {
            lock.unlock();
        }
    }

    /** Returns the position up to which no event waits any more, in memory. */
    long settled() {
        lock.lock();
        try {
            return pending == null || pending.fromSpill ? ring.head() : pending.start;
        } finally {
            lock.unlock();
        }
    }

    BatcherStatistics statistics(LongAdder sampledOut, LongAdder switchedOff, LongAdder newest, LongAdder closed) {
        lock.lock();
        try {
            long head = ring.head();
            long waiting = ring.tail() - head;
            long left = sampledOut.sum();
            long unheard = switchedOff.sum();
            long inDelivery = pending == null || pending.fromSpill ? 0 : pending.batch.events();
            var dropped = new BatcherStatistics.Dropped(
                    head - taken - forgotten - tooLate, newest.sum(), closed.sum() + tooLate, forgotten);
            return new BatcherStatistics(
                    left + unheard + dropped.total() + taken + waiting,
                    left,
                    unheard,
                    dropped,
                    taken,
                    waiting,
                    sent,
                    refused,
                    spilled,
                    givenUp,
                    inDelivery,
                    batches,
                    retries,
                    resent,
                    spill == null ? new BatcherStatistics.Spill(0, 0, 0, 0, 0, 0, 0) : spill.statistics(),
                    pacing.state());
        } finally {
            lock.unlock();
        }
    }

    /** A batch that is being delivered; guarded by the lock but for what never changes. */
    private static final class Pending {
        private final EventBatch batch;
        private final boolean fromSpill;
        private final long start;
        private boolean mayHaveArrived;
        private int tries;

        private Pending(EventBatch batch, boolean fromSpill, long start) {
            this.batch = batch;
            this.fromSpill = fromSpill;
            this.start = start;
            this.mayHaveArrived = fromSpill;
        }
    }
}
