package dev.steadymail.gmail;

import dev.steadymail.event.Telemetry;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Does several pieces of work at once: the calling thread works too, joined by up to {@code width - 1} threads of our own.
 *
 * <p>The pieces wait for their turn at the guard, so they must not run on the runtime's bounded workers: a pool full of those who
 * wait for one account would serve no other. Our threads are daemons, started when needed and ended when idle; there is no queue,
 * so where all are busy the caller simply does more itself. Thread-safe.
 */
final class FanOut implements AutoCloseable {
    private static final Duration KEEP_ALIVE = Duration.ofSeconds(5);

    private final int width;
    private final AtomicInteger number = new AtomicInteger();
    private final @Nullable ThreadPoolExecutor threads;
    /** The threads, going on with what the caller was doing; the caller's own thread where there are none. */
    private final Executor carrying;

    /**
     * Starts no thread yet.
     *
     * @param telemetry follows work from thread to thread
     */
    FanOut(int width, Telemetry telemetry) {
        this.width = width;
        this.threads = width == 1
                ? null
                : new ThreadPoolExecutor(
                        0, width - 1, KEEP_ALIVE.toSeconds(), TimeUnit.SECONDS, new SynchronousQueue<>(), this::daemon);
        this.carrying = threads == null ? Runnable::run : telemetry.carrying(threads);
    }

    /** Returns the results in the order of the items; the first failure ends it. */
    <I, O> List<O> map(List<I> items, Function<I, O> work) {
        List<@Nullable O> results = new ArrayList<>(Collections.nCopies(items.size(), null));
        new Run<I, O>(items, work, items.size()).on(this, done -> results.set(done.index(), done.value()));
        List<O> complete = new ArrayList<>(items.size());
        for (O result : results) {
            if (result != null) {
                complete.add(result);
            }
        }
        return complete;
    }

    /**
     * Hands each result to {@code consumer} on the calling thread, in any order. No more than {@code width} results exist at
     * once, those being worked on included.
     */
    <I, O> void forEach(List<I> items, Function<I, O> work, Consumer<O> consumer) {
        new Run<I, O>(items, work, width).on(this, done -> consumer.accept(done.value()));
    }

    @Override
    public void close() {
        if (threads != null) {
            threads.shutdown();
        }
    }

    private void join(Runnable task, int others) {
        if (threads == null) {
            return;
        }
        try {
            for (int i = 0; i < others; i++) {
                carrying.execute(task);
            }
        } catch (RejectedExecutionException allBusy) {
            // The caller and those that did start do the work.
            return;
        }
    }

    private Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "steadymail-gmail-" + number.incrementAndGet());
        thread.setDaemon(true);
        return thread;
    }

    private record Done<O>(int index, O value) {}

    /** One piece of fanned-out work. All fields are guarded by the lock. */
    private static final class Run<I, O> {
        private final List<I> items;
        private final Function<I, O> work;
        private final int most;
        private final ReentrantLock lock = new ReentrantLock();
        private final Condition changed = lock.newCondition();
        private final Queue<Done<O>> ready = new ArrayDeque<>();
        private int next;
        private int open;
        private boolean stopped;
        private @Nullable Throwable failure;

        Run(List<I> items, Function<I, O> work, int most) {
            this.items = items;
            this.work = work;
            this.most = most;
        }

        void on(FanOut threads, Consumer<Done<O>> consumer) {
            threads.join(this::assist, Math.min(threads.width, items.size()) - 1);
            try {
                while (true) {
                    Done<O> done = take();
                    if (done != null) {
                        consumer.accept(done);
                        consumed();
                        continue;
                    }
                    int index = claim(false);
                    if (index >= 0) {
                        work(index);
                    } else if (!awaitChange()) {
                        break;
                    }
                }
            } finally {
                stop(null);
            }
            rethrow();
        }

        private void assist() {
            for (int index = claim(true); index >= 0; index = claim(true)) {
                work(index);
            }
        }

        private void work(int index) {
            try {
                O result = work.apply(items.get(index));
                locked(() -> ready.add(new Done<>(index, result)));
            } catch (RuntimeException | Error thrown) {
                stop(thrown);
            }
        }

        /** Returns the next item's index, or -1 where there is none to begin; waits for room only where asked to. */
        private int claim(boolean wait) {
            lock.lock();
            try {
                while (wait && !stopped && next < items.size() && open >= most) {
                    changed.awaitUninterruptibly();
                }
                if (stopped || next >= items.size() || open >= most) {
                    return -1;
                }
                open++;
                return next++;
            } finally {
                lock.unlock();
            }
        }

        private @Nullable Done<O> take() {
            lock.lock();
            try {
                return stopped ? null : ready.poll();
            } finally {
                lock.unlock();
            }
        }

        private void consumed() {
            locked(() -> open--);
        }

        /** Waits until a result is there; every piece of work ends by its call's deadline. False where nothing is to come. */
        private boolean awaitChange() {
            lock.lock();
            try {
                while (!stopped && ready.isEmpty() && open > 0) {
                    changed.await();
                }
                return !stopped && !ready.isEmpty();
            } catch (InterruptedException interrupt) {
                Thread.currentThread().interrupt();
                throw MailException.of(Kind.CANCELLED, "the calling thread was interrupted", interrupt);
            } finally {
                lock.unlock();
            }
        }

        private void stop(@Nullable Throwable reason) {
            locked(() -> {
                stopped = true;
                failure = failure == null ? reason : failure;
            });
        }

        private void locked(Runnable change) {
            lock.lock();
            try {
                change.run();
                changed.signalAll();
            } finally {
                lock.unlock();
            }
        }

        private void rethrow() {
            Throwable reason = failure;
            if (reason instanceof Error error) {
                throw error;
            }
            if (reason instanceof RuntimeException unchecked) {
                throw unchecked;
            }
        }
    }
}
