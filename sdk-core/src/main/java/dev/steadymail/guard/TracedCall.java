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

/** Follows a call and its attempts, from outside: what decides about them knows nothing of it. */
final class TracedCall {
    private TracedCall() {}

    /** Makes a call on the calling thread. */
    static <T> T run(CallTrace trace, Attempt<T> attempt, Function<Attempt<T>, T> call) {
        Kind failure = Kind.PROTOCOL;
        try {
            T answer = call.apply(cancellation -> attempt(trace, attempt, cancellation));
            failure = null;
            return answer;
        } catch (MailException thrown) {
            failure = thrown.kind();
            throw thrown;
        } finally {
            trace.ended(failure);
        }
    }

    private static <T> T attempt(CallTrace trace, Attempt<T> attempt, Cancellation cancellation) {
        AttemptTrace followed = trace.attempt();
        Kind failure = Kind.PROTOCOL;
        try {
            T answer = attempt.run(cancellation);
            failure = null;
            return answer;
        } catch (MailException thrown) {
            failure = thrown.kind();
            throw thrown;
        } finally {
            followed.detach();
            followed.ended(failure);
        }
    }

    /** Starts a call. */
    static <T> CompletableFuture<T> start(
            CallTrace trace, AsyncAttempt<T> attempt, Function<AsyncAttempt<T>, CompletableFuture<T>> call) {
        CompletableFuture<T> future = call.apply(cancellation -> startAttempt(trace, attempt, cancellation));
        var unused = future.whenComplete((value, thrown) -> trace.ended(kind(thrown)));
        return future;
    }

    private static <T> CompletionStage<T> startAttempt(
            CallTrace trace, AsyncAttempt<T> attempt, Cancellation cancellation) {
        AttemptTrace followed = trace.attempt();
        CompletionStage<T> stage;
        try {
            stage = Objects.requireNonNull(attempt.start(cancellation), "an attempt must return a stage");
        } catch (Throwable thrown) {
            followed.ended(kind(thrown));
            throw thrown;
        } finally {
            followed.detach();
        }
        // What goes on with the answer comes after the attempt has ended.
        return stage.whenComplete((value, thrown) -> followed.ended(kind(thrown)));
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
