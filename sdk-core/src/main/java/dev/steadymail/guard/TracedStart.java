package dev.steadymail.guard;

import dev.steadymail.event.CallTrace;
import dev.steadymail.event.CallTrace.AttemptTrace;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
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
    /** An attempt that was broken may end after the next one has begun; the latest one counts. */
    private volatile @Nullable Cancellation latest;

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
        var unused = future.whenComplete((value, thrown) -> trace.ended(kind(thrown)));
        return future;
    }

    @Override
    public CompletionStage<T> start(Cancellation cancellation) {
        AttemptTrace followed = trace.attempt(cancellation.startedAt() - waitingSince);
        latest = cancellation;
        waitingSince = cancellation.startedAt();
        CompletionStage<T> stage;
        try {
            stage = Objects.requireNonNull(attempt.start(cancellation), "an attempt must return a stage");
        } catch (Throwable thrown) {
            ended(followed, cancellation, thrown);
            throw thrown;
        } finally {
            followed.detach();
        }
        // What depends on this one hears of the end after it was followed.
        return stage.whenComplete((value, thrown) -> ended(followed, cancellation, thrown));
    }

    private void ended(AttemptTrace followed, Cancellation cancellation, @Nullable Throwable thrown) {
        followed.ended(kind(thrown));
        if (thrown != null && latest == cancellation) {
            waitingSince = clock.now();
        }
    }

    /** A fault of our own or of a provider's code has no kind; here it is as one that speaks wrongly. */
    private static @Nullable Kind kind(@Nullable Throwable thrown) {
        if (thrown == null) {
            return null;
        }
        Throwable cause =
                thrown instanceof CompletionException && thrown.getCause() != null ? thrown.getCause() : thrown;
        return cause instanceof MailException failure ? failure.kind() : Kind.PROTOCOL;
    }
}
