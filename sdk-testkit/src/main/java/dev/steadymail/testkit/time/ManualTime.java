package dev.steadymail.testkit.time;

import dev.steadymail.time.Scheduler;
import dev.steadymail.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.jspecify.annotations.Nullable;

/**
 * Clock, ticker and timers that stand still until a test moves them. Timers run on the thread that calls {@link #advance}, in the
 * order of their time, those of one time in the order they were set. Thread-safe.
 *
 * <p>Where another thread is about to set a timer, wait for it with {@link #awaitTimers} before time moves on:
 *
 * <pre>{@code
 * CompletableFuture<String> answer = supplyAsync(() -> guard.call(request, deadline, attempt));
 * time.awaitTimers(1);
 * time.advance(Duration.ofSeconds(30));
 * }</pre>
 */
public final class ManualTime implements Scheduler {
    /** Where the clock starts. */
    public static final Instant START = Instant.parse("2024-03-01T12:00:00Z");

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration LONGEST = Duration.ofDays(36_500);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition timersChanged = lock.newCondition();
    private final Queue<Entry> timers =
            new PriorityQueue<>(Comparator.comparingLong(Entry::atNanos).thenComparing(Entry::order));
    private long nanos;
    private long lastOrder;
    private Duration wallOffset = Duration.ZERO;

    /** Starts at {@link #START}. */
    public ManualTime() {}

    /** Returns this time with chance that repeats for the same seed. */
    public TimeSource timeSource(long seed) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        InstantSource clock = this::now;
        return new TimeSource(clock, this::nanoTime, this, random);
    }

    public Instant now() {
        lock.lock();
        try {
            return START.plusNanos(nanos).plus(wallOffset);
        } finally {
            lock.unlock();
        }
    }

    /** Returns the ticker, which starts at zero and which no clock step touches. */
    public long nanoTime() {
        lock.lock();
        try {
            return nanos;
        } finally {
            lock.unlock();
        }
    }

    /** Steps the wall clock forth or back, as an administrator does; ticker and timers stay. */
    public void stepClock(Duration step) {
        lock.lock();
        try {
            wallOffset = wallOffset.plus(step);
        } finally {
            lock.unlock();
        }
    }

    /** Moves time on and runs what is due on the way, each timer at its own time; timers set meanwhile run too. */
    public void advance(Duration step) {
        if (step.isNegative()) {
            throw new IllegalArgumentException("time only goes forward, was asked for " + step);
        }
        long target = nanoTime() + step.toNanos();
        for (Entry due = takeDue(target); due != null; due = takeDue(target)) {
            due.task.run();
        }
    }

    /** Moves time on to the next timer and runs all timers of that moment; answers how far that was, zero where there is none. */
    public Duration advanceToNextTimer() {
        Duration step = untilNextTimer();
        advance(step);
        return step;
    }

    /** Returns how many timers wait. */
    public int pendingTimers() {
        lock.lock();
        try {
            return timers.size();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits in real time, at most ten seconds, until at least {@code count} timers wait.
     *
     * @throws TimeoutException where they did not come
     * @throws InterruptedException where the calling thread was interrupted
     */
    public void awaitTimers(int count) throws InterruptedException, TimeoutException {
        await(timers::size, count, "timers");
    }

    /**
     * Waits in real time, at most ten seconds, until at least {@code total} timers were set since the beginning, those included
     * that ran or were cancelled since.
     *
     * @throws TimeoutException where they did not come
     * @throws InterruptedException where the calling thread was interrupted
     */
    public void awaitTimersSet(long total) throws InterruptedException, TimeoutException {
        await(() -> lastOrder, total, "timers set");
    }

    private void await(LongSupplier actual, long wanted, String what) throws InterruptedException, TimeoutException {
        lock.lockInterruptibly();
        try {
            long left = PATIENCE.toNanos();
            while (actual.getAsLong() < wanted) {
                if (left <= 0) {
                    throw new TimeoutException("expected " + wanted + " " + what + ", had " + actual.getAsLong());
                }
                left = timersChanged.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Sets a timer; a task that is due at once runs before this returns. */
    @Override
    public Timer schedule(Runnable task, Duration delay) {
        if (delay.isZero() || delay.isNegative()) {
            task.run();
            return () -> {};
        }
        lock.lock();
        try {
            Duration wait = delay.compareTo(LONGEST) > 0 ? LONGEST : delay;
            Entry entry = new Entry(nanos + wait.toNanos(), ++lastOrder, task);
            timers.add(entry);
            timersChanged.signalAll();
            return () -> cancel(entry);
        } finally {
            lock.unlock();
        }
    }

    private void cancel(Entry entry) {
        lock.lock();
        try {
            timers.removeIf(timer -> timer.order == entry.order);
        } finally {
            lock.unlock();
        }
    }

    /** Takes the next timer up to a time and moves the ticker to it; at the end moves the ticker there and answers null. */
    private @Nullable Entry takeDue(long target) {
        lock.lock();
        try {
            Entry next = timers.peek();
            if (next == null || next.atNanos > target) {
                nanos = Math.max(nanos, target);
                return null;
            }
            nanos = Math.max(nanos, next.atNanos);
            return timers.remove();
        } finally {
            lock.unlock();
        }
    }

    private Duration untilNextTimer() {
        lock.lock();
        try {
            Entry next = timers.peek();
            return next == null ? Duration.ZERO : Duration.ofNanos(Math.max(0, next.atNanos - nanos));
        } finally {
            lock.unlock();
        }
    }

    private record Entry(long atNanos, long order, Runnable task) {}
}
