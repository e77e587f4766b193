package dev.steadymail;

import dev.steadymail.time.Scheduler;
import dev.steadymail.time.TimeSource;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The runtime's own threads, started when first needed, all daemons: one for timers, workers that may block, callers that wait for
 * workers, and errands that both may wait for; were those to share one pool, waiting calls could leave no thread to do what they wait
 * for. All but the timers' are virtual threads from Java 24 on; before that a {@code synchronized} block would pin their carrier (JEP
 * 491), so bounded pools are used.
 */
final class RuntimeThreads implements AutoCloseable {
    private static final int FIRST_GOOD_VIRTUAL_THREADS = 24;
    private static final int MAX_WAITING = 10_000;
    private static final Duration KEEP_ALIVE = Duration.ofSeconds(30);

    private final ScheduledThreadPoolExecutor timers;
    private final ExecutorService workers;
    private final ExecutorService callers;
    private final ExecutorService errands;

    RuntimeThreads(int maxWorkers) {
        this.timers = new ScheduledThreadPoolExecutor(1, daemons("steadymail-timer"));
        timers.setRemoveOnCancelPolicy(true);
        timers.setKeepAliveTime(KEEP_ALIVE.toSeconds(), TimeUnit.SECONDS);
        timers.allowCoreThreadTimeOut(true);
        ExecutorService virtual = Runtime.version().feature() >= FIRST_GOOD_VIRTUAL_THREADS ? virtualThreads() : null;
        this.workers = virtual != null ? virtual : pool(maxWorkers, "steadymail-worker");
        this.callers = virtual != null ? virtual : pool(maxWorkers, "steadymail-caller");
        this.errands = virtual != null ? virtual : pool(maxWorkers, "steadymail-errand");
    }

    ExecutorService workers() {
        return workers;
    }

    ExecutorService callers() {
        return callers;
    }

    /** Threads for looking hosts up and for closing clients: tasks that end by themselves and that calls wait for, or that end calls. */
    ExecutorService errands() {
        return errands;
    }

    TimeSource time() {
        return new TimeSource(InstantSource.system(), System::nanoTime, this::schedule, chance());
    }

    /** Calls that still wait for a thread get one, to learn that their client is closed: nobody waits for them in vain. */
    @Override
    public void close() {
        timers.shutdownNow();
        callers.shutdown();
        errands.shutdown();
        workers.shutdownNow();
    }

    /** The JDK's default generator is for one thread only, and this one serves all. */
    private static RandomGenerator chance() {
        return () -> ThreadLocalRandom.current().nextLong();
    }

    private Scheduler.Timer schedule(Runnable task, Duration delay) {
        Future<?> timer = timers.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
        return () -> timer.cancel(false);
    }

    private static ThreadPoolExecutor pool(int maxWorkers, String name) {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                maxWorkers,
                maxWorkers,
                KEEP_ALIVE.toSeconds(),
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(MAX_WAITING),
                daemons(name));
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    /** Found by name, since this class is compiled for Java 17. */
    private static @Nullable ExecutorService virtualThreads() {
        try {
            return (ExecutorService)
                    Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
        } catch (ReflectiveOperationException notThere) {
            return null;
        }
    }

    private static ThreadFactory daemons(String name) {
        AtomicInteger number = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, name + "-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }
}
