package dev.steadymail.cli.outcome;

import dev.steadymail.time.Scheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Asks a running command to end soon. Stopping closes what the command waits for instead of interrupting its thread, since an
 * interrupt would also close the files that it writes. The first reason wins. Thread-safe.
 */
public final class StopSignal {
    private final CompletableFuture<StopReason> stopped = new CompletableFuture<>();
    private final CountDownLatch finished = new CountDownLatch(1);
    private final List<Runnable> actions = new ArrayList<>();
    private Runnable lastWords = () -> {};

    /** Starts without a reason to stop. */
    public StopSignal() {}

    /** Asks the command to end, and ends what it waits for. */
    public void stop(StopReason reason) {
        List<Runnable> toRun;
        synchronized (actions) {
            if (!stopped.complete(reason)) {
                return;
            }
            toRun = List.copyOf(actions);
        }
        toRun.forEach(Runnable::run);
    }

    /** Registers what ends a wait of the command; run at once where the command was stopped already. */
    public void onStop(Runnable action) {
        synchronized (actions) {
            actions.add(action);
            if (!stopped.isDone()) {
                return;
            }
        }
        action.run();
    }

    /** Registers what to say where the process ends although the command has not; the last one registered is it. */
    public void onAbandon(Runnable lastWords) {
        synchronized (actions) {
            this.lastWords = lastWords;
        }
    }

    /** Says the last words of a command that will not come to its end. */
    public void abandon() {
        Runnable words;
        synchronized (actions) {
            words = lastWords;
        }
        words.run();
    }

    /** Returns why to stop; empty while there is no reason to. */
    public Optional<StopReason> reason() {
        return Optional.ofNullable(stopped.getNow(null));
    }

    public boolean isStopped() {
        return stopped.isDone();
    }

    /** Returns whether the command has begun something that has to be brought to an end. */
    public boolean hasWork() {
        synchronized (actions) {
            return !actions.isEmpty();
        }
    }

    /** Waits for a time, or until the command is stopped. */
    public void pause(Duration time, Scheduler scheduler) {
        CompletableFuture<StopReason> over = stopped.copy();
        Scheduler.Timer timer = scheduler.schedule(() -> over.cancel(false), time);
        CompletableFuture<Void> either = over.handle((reason, timeIsUp) -> null);
        either.join();
        timer.cancel();
    }

    /** Tells that the command has ended. */
    public void finish() {
        finished.countDown();
    }

    /** Waits until the command has ended, at most {@code limit}; returns whether it has. */
    public boolean awaitFinish(Duration limit) throws InterruptedException {
        return finished.await(limit.toNanos(), TimeUnit.NANOSECONDS);
    }
}
