package dev.steadymail.guard;

import dev.steadymail.time.Scheduler;
import dev.steadymail.time.TimeSource;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One question to the shared store: answer, failure or time limit, whatever comes first ends it. Thread-safe. */
final class SharedQuestion<T> {
    /** The longest that a question takes. */
    static final Duration LIMIT = Duration.ofMillis(50);

    private static final long PATIENCE_NANOS = LIMIT.toNanos();

    private final SharedHealth health;
    private final SharedHealth.Phase phase;
    private final T otherwise;
    private final CompletableFuture<T> outcome = new CompletableFuture<>();
    private final AtomicBoolean ended = new AtomicBoolean();
    private volatile Scheduler.@Nullable Timer timer;

    /**
     * Asks nothing yet.
     *
     * @param phase the phase in which it is asked
     * @param otherwise the outcome where there is no answer in time
     */
    SharedQuestion(SharedHealth health, SharedHealth.Phase phase, T otherwise) {
        this.health = health;
        this.phase = phase;
        this.otherwise = otherwise;
    }

    /**
     * Asks, and returns the outcome, which never fails.
     *
     * @param makesSense whether an answer is one to this question
     */
    CompletableFuture<T> ask(TimeSource time, Supplier<CompletionStage<T>> store, Predicate<T> makesSense) {
        long start = time.nanoTime();
        try {
            CompletionStage<T> stage = store.get();
            long left = PATIENCE_NANOS - (time.nanoTime() - start);
            if (left <= 0) {
                endLate();
                return outcome;
            }
            var unused = stage.whenComplete((answer, failure) -> hear(answer, failure, makesSense));
            limit(time, Duration.ofNanos(left));
        } catch (Throwable failure) {
            // The store is foreign code: neither a missing class nor a checked exception thrown by stealth may end the
            // call.
            end(null, failed(failure));
        }
        return outcome;
    }

    private void limit(TimeSource time, Duration left) {
        if (ended.get()) {
            return;
        }
        Scheduler.Timer limit = time.scheduler().schedule(this::endLate, left);
        timer = limit;
        if (ended.get()) {
            limit.cancel();
        }
    }

    private void hear(@Nullable T answer, @Nullable Throwable failure, Predicate<T> makesSense) {
        if (failure != null) {
            end(null, failed(failure));
        } else if (answer == null || !makesSense.test(answer)) {
            end(null, "gave an answer that is none");
        } else {
            end(answer, "");
        }
    }

    private void endLate() {
        end(null, "gave no answer within 50 ms");
    }

    /** The store's health is settled first, so that whoever has the outcome sees it. */
    private void end(@Nullable T answer, String trouble) {
        if (!ended.compareAndSet(false, true)) {
            return;
        }
        Scheduler.Timer limit = timer;
        try {
            if (limit != null) {
                limit.cancel();
            }
            if (answer != null) {
                health.answered(phase);
            } else {
                health.failed(phase, trouble);
            }
        } finally {
            outcome.complete(answer != null ? answer : otherwise);
        }
    }

    /** Names the type only: a message may hold the store's address or password. */
    private static String failed(Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        return "failed with " + (cause == null ? failure : cause).getClass().getName();
    }
}
