package dev.steadymail.gmail;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.steadymail.MailClient;
import dev.steadymail.guard.Explanation;
import dev.steadymail.mail.MailException;
import dev.steadymail.testkit.time.ManualTime;
import dev.steadymail.time.Scheduler;
import dev.steadymail.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Lets work run while time stands still, and moves time on when the work waits for nothing else. */
final class VirtualTime {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final ManualTime time;
    private final AtomicInteger pauses = new AtomicInteger();

    /**
     * What came of some work.
     *
     * @param value what it returned
     * @param failure what it threw, or null
     * @param waited how much virtual time it took
     */
    record Ended<T>(T value, Throwable failure, Duration waited) {
        /** Returns the failure's kind, or null where there was none of ours. */
        MailException.Kind kind() {
            return failure instanceof MailException ours ? ours.kind() : null;
        }
    }

    VirtualTime(ManualTime time) {
        this.time = time;
    }

    /** Returns the same time for somebody who pauses between requests and does nothing else with timers. */
    TimeSource ofPauses(long seed) {
        TimeSource plain = time.timeSource(seed);
        return new TimeSource(
                plain.clock(),
                plain.nanos(),
                (task, delay) -> {
                    Runnable counted = () -> {
                        pauses.decrementAndGet();
                        task.run();
                    };
                    Scheduler.Timer timer = plain.scheduler().schedule(counted, delay);
                    // Only now: time moves on as soon as this is seen.
                    pauses.incrementAndGet();
                    return timer;
                },
                plain.random());
    }

    /**
     * Runs work on a thread of its own.
     *
     * @param stuck whether what is in flight is not answered, however long
     */
    <T> Ended<T> run(MailClient mail, BooleanSupplier stuck, Callable<T> work) {
        var worker = Executors.newSingleThreadExecutor();
        try {
            Instant started = time.now();
            Future<T> running = worker.submit(work);
            drive(mail, stuck, running);
            return ended(running, started);
        } finally {
            worker.shutdownNow();
        }
    }

    private void drive(MailClient mail, BooleanSupplier stuck, Future<?> running) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!running.isDone()) {
            Explanation now = mail.explain();
            boolean waits = now.inFlight() == 0 && now.waiting() + now.resting() > 0;
            boolean sticks = now.inFlight() > 0 && stuck.getAsBoolean();
            if (waits || sticks || pauses.get() > 0) {
                time.advanceToNextTimer();
            }
            assertTrue(System.nanoTime() < end, () -> "the work did not end: " + now);
            LockSupport.parkNanos(100_000);
        }
    }

    private <T> Ended<T> ended(Future<T> running, Instant started) {
        try {
            T value = running.get(1, TimeUnit.SECONDS);
            return new Ended<>(value, null, Duration.between(started, time.now()));
        } catch (ExecutionException failed) {
            return new Ended<>(null, failed.getCause(), Duration.between(started, time.now()));
        } catch (Exception interrupted) {
            throw new AssertionError(interrupted);
        }
    }
}
