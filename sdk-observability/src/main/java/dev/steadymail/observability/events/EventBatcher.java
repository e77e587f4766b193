package dev.steadymail.observability.events;

import dev.steadymail.event.ClientEvent;
import dev.steadymail.event.ClientEvent.CacheEvent;
import dev.steadymail.event.ClientEvent.RequestEvent;
import dev.steadymail.event.ClientEventListener;
import dev.steadymail.observability.AccountNames;
import dev.steadymail.observability.OperationNames;
import dev.steadymail.observability.export.EventExporter;
import dev.steadymail.time.Scheduler.Timer;
import dev.steadymail.time.TimeSource;
import java.time.Duration;
import java.util.Objects;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Takes client events from the threads on which they happen, and sends them in batches from a thread of its own:
 *
 * <pre>{@code
 * EventBatcher events = EventBatcher.to(HttpExporter.to("https://telemetry.example.com"));
 * MailRuntime runtime = MailRuntime.builder().listener(events).build();
 * ...
 * runtime.close();
 * events.close();
 * }</pre>
 *
 * <p>Handing an event over allocates nothing and waits for nobody: where the ring is full an event is dropped and counted. A batch goes out
 * at 100 events or 5 seconds after its first. Batches of one batcher go one at a time and in order, and each is sent until it was taken or
 * refused, or was tried as often as it may; then it goes to disk where there is a folder for it, and is given up elsewhere. A batch that was
 * taken is never sent again; one of which nobody knows is, under the same id. After 5 failed tries in a row the exporter rests 30 seconds,
 * then twice as long after each, 5 minutes at most, and one batch finds out. Thread-safe.
 */
public final class EventBatcher implements ClientEventListener, AutoCloseable {
    private static final int ON = 0;
    private static final int OFF = 1;
    private static final int CLOSED = 2;

    /** Nothing waits, as far as is known. */
    private static final int IDLE = 0;
    /** Events wait for others or for a timer. */
    private static final int TIMED = 1;
    /** The sending thread is told, is at work, or waits until it may try again: those who hand over need not care. */
    private static final int DUE = 2;
    /** Nothing is sent any more. */
    private static final int ENDED = 3;

    private static final Timer NO_TIMER = () -> {};
    /** How often room is made for one event that others fill before it can be used. */
    private static final int MOST_EVICTIONS = 16;
    /** When to look again for an event whose place is taken but that is not there yet. */
    private static final long SOON_NANOS = Duration.ofMillis(1).toNanos();

    private static final long AFTER_A_FAULT_NANOS = Duration.ofSeconds(1).toNanos();
    /** The real time that a flush may take beyond its own, should timers fail. */
    private static final Duration GRACE = Duration.ofSeconds(1);

    private final BatcherSettings settings;
    private final boolean dropsOldest;
    private final double share;
    private final EventExporter exporter;
    private final TimeSource time;
    private final Executor executor;
    private final @Nullable ExecutorService own;
    private final UUID session = UUID.randomUUID();
    private final EventRing ring;
    private final Due due;
    private final Delivery delivery;
    private final AtomicInteger mode = new AtomicInteger(ON);
    private final AtomicInteger phase = new AtomicInteger(IDLE);
    private final AtomicReference<Timer> timer = new AtomicReference<>(NO_TIMER);
    private final Queue<Flush> flushes = new ConcurrentLinkedQueue<>();
    private final LongAdder sampledOut = new LongAdder();
    private final LongAdder switchedOff = new LongAdder();
    private final LongAdder droppedNewest = new LongAdder();
    private final LongAdder droppedClosed = new LongAdder();

    private EventBatcher(Builder builder) {
        this.settings = builder.settings;
        this.dropsOldest = settings.overflow() == Overflow.DROP_OLDEST;
        this.share = settings.share();
        this.exporter = builder.exporter;
        this.time = builder.time == null ? SendingThread.systemTime() : builder.time;
        Executor given = builder.executor;
        ExecutorService made = given == null ? SendingThread.create() : null;
        this.own = made;
        this.executor = made == null ? Objects.requireNonNull(given) : made;
        this.ring = new EventRing(settings.capacity());
        this.due = new Due(ring, time, settings);
        SpillSettings spill = builder.spill;
        this.delivery = new Delivery(
                ring,
                due,
                exporter,
                new EventJson(session, builder.accounts, builder.operations),
                session,
                settings,
                spill == null ? null : SpillFolder.open(spill, time),
                time);
    }

    /** Returns a batcher with the usual settings, whose names of accounts are good for this process alone. */
    public static EventBatcher to(EventExporter exporter) {
        return builder(exporter).build();
    }

    public static Builder builder(EventExporter exporter) {
        return new Builder(exporter);
    }

    /** Takes an event; never blocks and never throws. */
    @Override
    public void on(ClientEvent event) {
        int now = mode.get();
        if (now != ON) {
            (now == OFF ? switchedOff : droppedClosed).increment();
        } else if (share < 1 && isLeftOut(event)) {
            sampledOut.increment();
        } else {
            long position = put(event);
            if (position == EventRing.FULL) {
                droppedNewest.increment();
            } else {
                wake(position);
            }
        }
    }

    private boolean isLeftOut(ClientEvent event) {
        boolean isFrequent = (event instanceof RequestEvent request && request.failure() == null)
                || (event instanceof CacheEvent cache && cache.failure() == null);
        return isFrequent && ThreadLocalRandom.current().nextDouble() >= share;
    }

    private long put(ClientEvent event) {
        long position = ring.offer(event);
        if (position == EventRing.FULL && dropsOldest) {
            for (int evictions = 0; position == EventRing.FULL && evictions < MOST_EVICTIONS; evictions++) {
                var unusedOldest = ring.poll();
                position = ring.offer(event);
            }
        }
        return position;
    }

    /** Sees to it that an event does not wait for ever; mostly two reads of what seldom changes. */
    private void wake(long position) {
        int now = phase.get();
        if (now == IDLE && phase.compareAndSet(IDLE, TIMED)) {
            arm(due.begin());
        }
        if (now <= TIMED && due.isFull(position)) {
            if (phase.compareAndSet(TIMED, DUE)) {
                executor.execute(this::work);
            }
        } else if (now == ENDED) {
            delivery.dropLate();
        }
    }

    private void arm(long nanos) {
        Timer next = time.scheduler().schedule(this::nudge, Duration.ofNanos(Math.max(SOON_NANOS, nanos)));
        timer.getAndSet(next).cancel();
    }

    /** Has the sending thread look, whatever the phase. */
    private void nudge() {
        var unused = phase.compareAndSet(TIMED, DUE);
        executor.execute(this::work);
    }

    /** Sends what is due, on the sending thread, and sets a timer for what is not. Harmless where nothing is. */
    private void work() {
        boolean done = false;
        try {
            send();
            done = true;
        } finally {
            if (!done && phase.get() != ENDED) {
                arm(AFTER_A_FAULT_NANOS); // nobody else would wake it
            }
        }
    }

    private void send() {
        timer.getAndSet(NO_TIMER).cancel();
        while (phase.get() != ENDED) {
            long wait = delivery.step();
            if (wait > 0) {
                var unused = phase.updateAndGet(now -> now == ENDED ? ENDED : DUE);
                arm(delivery.lookAgain(wait));
                tellFlushes(wait);
                return;
            }
            tellFlushes(0);
            if (wait == Delivery.NOTHING && !hasMore()) {
                return;
            }
        }
    }

    /** Returns whether something has become due meanwhile; otherwise leaves it to timers and those who hand over. */
    private boolean hasMore() {
        delivery.forgetLate();
        var unused = phase.updateAndGet(now -> now == ENDED ? ENDED : IDLE);
        // Looks at claimed places: who claims one after this finds the phase that was just set.
        if (ring.size() == 0 || !phase.compareAndSet(IDLE, TIMED)) {
            return false;
        }
        if (due.isNow() && ring.isFilled() && phase.compareAndSet(TIMED, DUE)) {
            return true;
        }
        arm(due.isNow() ? SOON_NANOS : due.untilNanos());
        return false;
    }

    private void tellFlushes(long waitNanos) {
        if (flushes.isEmpty()) {
            return;
        }
        long settled = delivery.settled();
        for (Flush flush : flushes) {
            if (settled >= flush.position) {
                flush.end(true);
            } else if (waitNanos > 0 && flush.deadlineNanos - time.nanoTime() < waitNanos) {
                flush.end(false); // nothing can be sent before
            }
        }
    }

    /**
     * Sends what waits now, and returns when all of it was sent or refused, or is on disk.
     *
     * @param within how long it may take; the exporter's rests are kept, and where one lasts longer this returns early
     * @return whether nothing of it waits any more
     */
    public boolean flush(Duration within) {
        if (mode.get() == CLOSED) {
            return ring.size() == 0;
        }
        return flushAll(within);
    }

    private boolean flushAll(Duration within) {
        Flush flush = new Flush(ring.tail(), time.nanoTime() + within.toNanos(), new CompletableFuture<>());
        flushes.add(flush);
        Timer timeout = within.isZero() ? NO_TIMER : time.scheduler().schedule(() -> flush.end(false), within);
        due.flush(flush.position);
        if (within.isZero()) {
            flush.end(false);
        }
        nudge();
        try {
            return flush.done.get(within.plus(GRACE).toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException late) {
            return false;
        } catch (InterruptedException interrupt) {
            Thread.currentThread().interrupt();
            return false;
        } catch (ExecutionException impossible) {
            throw new IllegalStateException("a flush ends with yes or no", impossible);
        } finally {
            timeout.cancel();
            var unused = flushes.remove(flush);
        }
    }

    /** Switches off at once: what comes is counted and dropped, what waits in memory and on disk is forgotten, what is being sent is cancelled. */
    public void disable() {
        synchronized (delivery) {
            if (mode.compareAndSet(ON, OFF)) {
                delivery.off();
                nudge();
            }
        }
    }

    /** Switches on again. */
    public void enable() {
        synchronized (delivery) {
            if (mode.get() == OFF) {
                delivery.on();
                var unused = mode.compareAndSet(OFF, ON);
            }
        }
    }

    /** Returns whether events are taken. */
    public boolean isEnabled() {
        return mode.get() == ON;
    }

    /** Returns the random id under which events are sent, new for each batcher. */
    public UUID sessionId() {
        return session;
    }

    public BatcherStatistics statistics() {
        return delivery.statistics(sampledOut, switchedOff, droppedNewest, droppedClosed);
    }

    /**
     * Takes no more events, sends what waits for as long as the settings say, then cancels what is under way, puts the rest on disk or gives
     * it up, and closes the exporter. Harmless when repeated.
     */
    @Override
    public void close() {
        if (mode.getAndSet(CLOSED) == CLOSED) {
            return;
        }
        var unused = flushAll(settings.closeWithin());
        phase.set(ENDED);
        timer.getAndSet(NO_TIMER).cancel();
        // A thread that is interrupted cannot write to disk.
        boolean interrupted = Thread.interrupted();
        delivery.end();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        flushes.forEach(flush -> flush.end(false));
        if (own != null) {
            var unusedTasks = own.shutdownNow();
        }
        exporter.close();
    }

    /** Shows no account. */
    @Override
    public String toString() {
        return "EventBatcher[" + ring.size() + " waiting]";
    }

    /** Somebody who waits until everything before a position has gone. */
    private record Flush(long position, long deadlineNanos, CompletableFuture<Boolean> done) {
        private void end(boolean allGone) {
            var unused = done.complete(allGone);
        }
    }

    /** Puts a batcher together. Not thread-safe. */
    public static final class Builder {
        private final EventExporter exporter;
        private BatcherSettings settings = BatcherSettings.DEFAULT;
        private AccountNames accounts = AccountNames.random();
        private OperationNames operations = OperationNames.STANDARD;
        private @Nullable SpillSettings spill;
        private @Nullable TimeSource time;
        private @Nullable Executor executor;

        private Builder(EventExporter exporter) {
            this.exporter = exporter;
        }

        public Builder settings(BatcherSettings settings) {
            this.settings = settings;
            return this;
        }

        /** Sets what stands for accounts; by default names that are good for this process alone. */
        public Builder accountNames(AccountNames accounts) {
            this.accounts = accounts;
            return this;
        }

        /** Sets which names of operations may be told, {@link OperationNames#STANDARD} by default. */
        public Builder operationNames(OperationNames operations) {
            this.operations = operations;
            return this;
        }

        /** Sets a folder for batches that could not be delivered; without one they are given up. */
        public Builder spill(SpillSettings spill) {
            this.spill = spill;
            return this;
        }

        /** Sets time and the thread that sends, for tests: tasks must run one at a time. */
        Builder on(TimeSource time, Executor executor) {
            this.time = time;
            this.executor = executor;
            return this;
        }

        /**
         * Returns the batcher; starts no thread before there is something to send.
         *
         * @throws dev.steadymail.mail.MailException of kind STORAGE where the folder cannot be used, or another process uses it
         */
        public EventBatcher build() {
            EventBatcher batcher = new EventBatcher(this);
            if (spill != null) {
                batcher.nudge(); // what lies on disk from earlier
            }
            return batcher;
        }
    }
}
