package dev.steadymail.guard;

import dev.steadymail.guard.SharedLimits.Verdict;
import dev.steadymail.mail.Lane;
import dev.steadymail.mail.MailException;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A call that no thread waits for: each attempt is started by whoever frees the place, and the last one completes a future. */
final class AsyncCall<T> extends Ticket {
    private final Gate gate;
    private final AsyncAttempt<T> attempt;
    private final CompletableFuture<T> answer = new CompletableFuture<>();
    private volatile @Nullable Cancellation granted;
    private volatile @Nullable MailException refused;
    private volatile boolean answered;

    AsyncCall(Gate gate, Request request, Lane lane, long deadlineAt, long now, AsyncAttempt<T> attempt) {
        super(request, lane, deadlineAt, now);
        this.gate = gate;
        this.attempt = attempt;
    }

    /** An attempt of this call. */
    private final class Flight extends Cancellation {
        Flight(long now) {
            super(request, lane, deadlineAt, now);
        }

        @Override
        void broken() {
            failed(this, Refusals.abandoned());
        }
    }

    /** Whoever completes the future himself, by cancelling it for example, has given up. */
    CompletableFuture<T> call() {
        gate.enqueue(this);
        var unused = answer.whenComplete((value, failure) -> {
            if (!answered) {
                gate.withdraw(this);
            }
        });
        return answer;
    }

    @Override
    Cancellation newFlight(long now) {
        return new Flight(now);
    }

    @Override
    boolean granted(Cancellation flight) {
        granted = flight;
        return true;
    }

    @Override
    boolean refused(MailException failure) {
        refused = failure;
        return true;
    }

    /** Starts the attempt that was granted, or ends the call. */
    @Override
    public void run() {
        MailException failure = refused;
        Cancellation started = granted;
        if (failure != null) {
            end(failure);
        } else if (started != null) {
            ask(started);
        }
    }

    private void ask(Cancellation started) {
        CompletableFuture<Verdict> asked = gate.askShared(this);
        if (asked == null) {
            begin(started, null);
        } else {
            var unused = asked.thenAccept(verdict -> begin(started, verdict));
        }
    }

    private void begin(Cancellation started, @Nullable Verdict verdict) {
        if (gate.begin(this, started, verdict) != Turn.START) {
            return;
        }
        CompletionStage<T> stage;
        try {
            stage = Objects.requireNonNull(attempt.start(started), "an attempt must return a stage");
        } catch (Throwable thrown) {
            ended(started, null, thrown);
            return;
        }
        var unused = stage.whenComplete((value, failure) -> ended(started, value, failure));
    }

    private void ended(Cancellation ended, @Nullable T value, @Nullable Throwable thrown) {
        ended.ended();
        if (thrown == null) {
            if (gate.succeeded(request, ended, attempts() + 1, ended.startedAt() - waitingSince)) {
                answered = true;
                answer.complete(value);
            }
            return;
        }
        Throwable cause =
                thrown instanceof CompletionException && thrown.getCause() != null ? thrown.getCause() : thrown;
        if (cause instanceof MailException failure) {
            failed(ended, failure);
        } else if (gate.failed(this, ended, Refusals.fault(cause)) != null) {
            // A fault of the provider's code is no failure of the server's and comes through as it is.
            end(cause);
        }
    }

    /** An attempt can end twice: broken from outside, and later by itself. The gate counts the first end. */
    private void failed(Cancellation ended, MailException failure) {
        MailException end = gate.failed(this, ended, failure);
        if (end != null) {
            end(end);
        }
    }

    private void end(Throwable failure) {
        answered = true;
        answer.completeExceptionally(failure);
    }
}
