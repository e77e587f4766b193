package dev.steadymail.guard;

import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.time.Scheduler;
import dev.steadymail.time.TimeSource;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;

/** One attempt in flight: a worker runs it, its caller waits, and whoever comes first ends the wait. Thread-safe. */
final class RunningAttempt<T> {
    private final Attempt<T> attempt;
    private final Cancellation cancellation = new Cancellation();
    private final CompletableFuture<T> outcome = new CompletableFuture<>();
    private volatile boolean started;

    RunningAttempt(Attempt<T> attempt) {
        this.attempt = attempt;
    }

    /** Waits for the outcome, at most {@code limit}; breaks the attempt when the wait ends without one. */
    T await(Executor workers, TimeSource time, Duration limit, Supplier<MailException> tooLate) {
        return outcomeOf(() -> {
            Scheduler.Timer timer = time.scheduler().schedule(() -> fail(tooLate.get()), limit);
            try {
                workers.execute(this::run);
            } catch (RejectedExecutionException full) {
                timer.cancel();
                throw full;
            }
            return timer;
        });
    }

    /** Does the attempt, which is to wait no longer, after {@code delay}. */
    void sleep(TimeSource time, Duration delay) {
        var unused = outcomeOf(() -> time.scheduler().schedule(this::run, delay));
    }

    boolean hasStarted() {
        return started;
    }

    private T outcomeOf(Supplier<Scheduler.Timer> start) {
        Scheduler.Timer timer = () -> {};
        try {
            timer = start.get();
            return outcome.get();
        } catch (RejectedExecutionException full) {
            throw refused(full);
        } catch (InterruptedException interrupt) {
            Thread.currentThread().interrupt();
            throw MailException.of(Kind.CANCELLED, "the calling thread was interrupted", interrupt);
        } catch (ExecutionException failure) {
            throw unwrapped(failure);
        } finally {
            timer.cancel();
            if (!outcome.isDone() || outcome.isCompletedExceptionally()) {
                cancellation.cancel();
            }
        }
    }

    /** Threads also refuse work when the runtime was closed, and then the attempt has been told why. */
    private RuntimeException refused(RejectedExecutionException full) {
        try {
            outcome.getNow(null);
        } catch (CompletionException closed) {
            return closed.getCause() instanceof MailException reason ? reason : closed;
        }
        return MailException.of(
                Kind.QUEUE_FULL, "no worker thread is free; raise the runtime's worker limit or call later", full);
    }

    void fail(MailException reason) {
        if (outcome.completeExceptionally(reason)) {
            cancellation.cancel();
        }
    }

    private void run() {
        if (outcome.isDone() || cancellation.isCancelled()) {
            return;
        }
        started = true;
        try {
            outcome.complete(attempt.run(cancellation));
        } catch (RuntimeException | Error failure) {
            outcome.completeExceptionally(failure);
        }
    }

    /** Attempts fail unchecked, so the cause is always there. */
    private static RuntimeException unwrapped(ExecutionException failure) {
        Throwable cause = failure.getCause();
        if (cause instanceof Error error) {
            throw error;
        }
        return cause instanceof RuntimeException unchecked ? unchecked : new IllegalStateException(failure);
    }
}
