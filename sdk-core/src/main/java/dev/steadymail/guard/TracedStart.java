package dev.steadymail.guard;

import dev.steadymail.event.CallTrace;
import dev.steadymail.mail.MailException.Kind;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Follows a call that no thread waits for, and its attempts, as {@link TracedCall} does.
 *
 * @param <T> the answer
 */
final class TracedStart<T> implements AsyncAttempt<T> {
    private final CallTrace trace;
    private final GuardClock clock;
    private final AsyncAttempt<T> attempt;
    private final AtomicInteger attempts = new AtomicInteger();
    private volatile long waitingSince;

    TracedStart(CallTrace trace, GuardClock clock, long now, AsyncAttempt<T> attempt) {
        this.trace = trace;
        this.clock = clock;
        this.waitingSince = now;
        this.attempt = attempt;
    }

    /** Makes the call. */
    CompletableFuture<T> make(Function<AsyncAttempt<T>, CompletableFuture<T>> call) {
        CompletableFuture<T> future = call.apply(this);
        var unused = future.whenComplete((value, thrown) -> {
            if (thrown == null) {
                trace.succeeded();
            } else {
                trace.failed(kind(thrown), clock.now() - waitingSince);
            }
        });
        return future;
    }

    @Override
    public CompletionStage<T> start(Cancellation cancellation) {
        int number = attempts.incrementAndGet();
        trace.attemptBegan(number, cancellation.startedAt() - waitingSince);
        waitingSince = cancellation.startedAt();
        CompletionStage<T> stage;
        try {
            stage = Objects.requireNonNull(attempt.start(cancellation), "an attempt must return a stage");
        } catch (Throwable thrown) {
            ended(number, cancellation, thrown);
            throw thrown;
        } finally {
            trace.attemptLeft(number);
        }
        // What depends on this one hears of the end after it was followed.
        return stage.whenComplete((value, thrown) -> ended(number, cancellation, thrown));
    }

    /** An attempt that was broken may end after the next one has begun; what the call waits for then began with the latest. */
    private void ended(int number, Cancellation cancellation, @Nullable Throwable thrown) {
        CancelReason broken = cancellation.reason();
        if (thrown == null && broken == null) {
            trace.attemptSucceeded(number);
            return;
        }
        long now = clock.now();
        if (attempts.get() == number) {
            waitingSince = now;
        }
        Kind failure = thrown == null ? TracedCall.kind(Objects.requireNonNull(broken)) : kind(thrown);
        trace.attemptFailed(number, failure, now - cancellation.startedAt());
    }

    private static Kind kind(Throwable thrown) {
        Throwable cause =
                thrown instanceof CompletionException && thrown.getCause() != null ? thrown.getCause() : thrown;
        return TracedCall.kind(cause);
    }
}
