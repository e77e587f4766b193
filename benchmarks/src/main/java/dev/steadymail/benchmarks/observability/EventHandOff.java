package dev.steadymail.benchmarks.observability;

import dev.steadymail.event.ClientEvent;
import dev.steadymail.event.ClientEvent.RequestEvent;
import dev.steadymail.mail.AccountId;
import dev.steadymail.mail.Lane;
import dev.steadymail.mail.Protocol;
import dev.steadymail.observability.events.BatcherSettings;
import dev.steadymail.observability.events.EventBatcher;
import dev.steadymail.observability.events.Overflow;
import dev.steadymail.observability.export.ExportResult;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * What does it cost the thread of a request to hand its event over, beside offering it to a queue of the JDK's, wrapped with the moment at
 * which it came? While another thread takes, in batches, and as fast as it can: what finds no room is dropped, by the queue always the
 * newest; and where there never is room, since the exporter hangs.
 * The batcher's thread also writes JSON, the queue's throws events away, and all share the machine's cores.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class EventHandOff {
    private static final int CAPACITY = 10_000;
    private static final int BATCH = 100;

    private final ClientEvent event = new RequestEvent(
            Instant.EPOCH,
            new AccountId("somebody"),
            Protocol.IMAP,
            "UID FETCH",
            Lane.DELTA,
            1,
            1,
            Duration.ZERO,
            Duration.ofMillis(80),
            0,
            null);
    private final CountDownLatch never = new CountDownLatch(1);
    private final LinkedBlockingQueue<Wrapped> queue = new LinkedBlockingQueue<>(CAPACITY);
    private final LinkedBlockingQueue<Wrapped> fullQueue = new LinkedBlockingQueue<>(CAPACITY);
    private final Thread taker = new Thread(this::take, "taker");
    private final EventBatcher batcher = taking(Overflow.DROP_NEWEST);
    private final EventBatcher takenDropsOldest = taking(Overflow.DROP_OLDEST);
    private final EventBatcher dropsOldest = hanging(Overflow.DROP_OLDEST);
    private final EventBatcher dropsNewest = hanging(Overflow.DROP_NEWEST);

    /** Made for JMH. */
    public EventHandOff() {}

    private static EventBatcher taking(Overflow overflow) {
        return EventBatcher.builder((batch, call) -> ExportResult.taken())
                .settings(BatcherSettings.DEFAULT.withCapacity(CAPACITY, overflow))
                .build();
    }

    private EventBatcher hanging(Overflow overflow) {
        return EventBatcher.builder((batch, call) -> {
                    try {
                        never.await();
                    } catch (InterruptedException closed) {
                        return ExportResult.unknown();
                    }
                    return ExportResult.taken();
                })
                .settings(
                        BatcherSettings.DEFAULT.withCapacity(CAPACITY, overflow).withCloseWithin(Duration.ZERO))
                .build();
    }

    /** Fills what is to be full, and starts who takes from the queue. */
    @Setup(Level.Trial)
    public void fill() {
        for (int i = 0; i < 2 * CAPACITY; i++) {
            dropsOldest.on(event);
            dropsNewest.on(event);
            var unused = fullQueue.offer(new Wrapped(event, i));
        }
        taker.setDaemon(true);
        taker.start();
    }

    /** Ends what was started. */
    @TearDown(Level.Trial)
    public void end() {
        taker.interrupt();
        batcher.close();
        takenDropsOldest.close();
        dropsOldest.close();
        dropsNewest.close();
    }

    /** Takes from the queue as a batcher of one's own would. */
    private void take() {
        List<Wrapped> batch = new ArrayList<>(BATCH);
        try {
            while (true) {
                batch.add(queue.take());
                queue.drainTo(batch, BATCH - 1);
                batch.clear();
            }
        } catch (InterruptedException over) {
            batch.clear();
        }
    }

    @Benchmark
    public boolean queueTaken() {
        return queue.offer(new Wrapped(event, System.nanoTime()));
    }

    @Benchmark
    public void batcherTaken() {
        batcher.on(event);
    }

    @Benchmark
    public void batcherTakenDropsOldest() {
        takenDropsOldest.on(event);
    }

    @Benchmark
    public boolean queueFull() {
        return fullQueue.offer(new Wrapped(event, System.nanoTime()));
    }

    /** As a queue that drops its oldest has to do it. */
    @Benchmark
    public boolean queueFullDropsOldest() {
        Wrapped next = new Wrapped(event, System.nanoTime());
        while (!fullQueue.offer(next)) {
            var unused = fullQueue.poll();
        }
        return true;
    }

    @Benchmark
    public void batcherFullDropsOldest() {
        dropsOldest.on(event);
    }

    @Benchmark
    public void batcherFullDropsNewest() {
        dropsNewest.on(event);
    }

    /** Lets a test look whether all goes. */
    EventBatcher batcher() {
        return batcher;
    }

    /** An event as one would queue it, with when it came. */
    private record Wrapped(ClientEvent event, long nanos) {}
}
