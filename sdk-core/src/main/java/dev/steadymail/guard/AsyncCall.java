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
    private volatile @Nullable Cancellation flight;
    private volatile @Nullable MailException refused;

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

    CompletableFuture<T> call() {
        gate.enqueue(this);
        var unused = answer.whenComplete((value, failure) -> {
            if (answer.isCancelled()) {
                gate.withdraw(this);
            }
        });
        return answer;
    }

    @Override
    Cancellation flight(long now) {
        return new Flight(now);
    }

    @Override
    void grant(Cancellation granted) {
        flight = granted;
    }

    @Override
    @Nullable
    Cancellation takeFlight() {
        return flight;
    }

    @Override
    void refuse(MailException failure) {
        refused = failure;
    }

    /** Starts the attempt that was granted, or ends the call. */
    @Override
    public void run() {
        MailException failure = refused;
        Cancellation started = flight;
        if (failure != null) {
            answer.completeExceptionally(failure);
        } else if (started != null) {
            ask(started);
        }
    }

    private void ask(Cancellation started) {
        CompletableFuture<Verdict> asked = gate.askShared(this);
        if (asked == null) {
            start(started);
            return;
        }
        var unused = asked.thenAccept(verdict -> {
            if (gate.isGranted(this, started, verdict)) {
                start(started);
            }
        });
    }

    private void start(Cancellation started) {
        if (started.isCancelled()) {
            return;
        }
        CompletionStage<T> stage;
        try {
            stage = Objects.requireNonNull(attempt.start(started), "an attempt must return a stage");
        } catch (RuntimeException | Error thrown) {
            ended(started, null, thrown);
            return;
        }
        var unused = stage.whenComplete((value, failure) -> ended(started, value, failure));
    }

    private void ended(Cancellation ended, @Nullable T value, @Nullable Throwable thrown) {
        ended.ended();
        if (thrown == null) {
            if (gate.succeeded(request, ended, attempts() + 1, ended.startedAt() - waitingSince)) {
                answer.complete(value);
            }
            return;
        }
        Throwable cause =
                thrown instanceof CompletionException && thrown.getCause() != null ? thrown.getCause() : thrown;
        if (cause instanceof MailException failure) {
            failed(ended, failure);
        } else if (ended.reason() == null) {
            fault(ended, cause);
        }
    }

    /** A fault of the provider's code is no failure of the server's: the place is freed, and the fault comes through as it is. */
    private void fault(Cancellation ended, Throwable cause) {
        var unused = gate.failed(this, ended, Refusals.fault(cause));
        answer.completeExceptionally(cause);
    }

    /** An attempt can end twice: broken from outside, and later by itself. The first end counts. */
    private void failed(Cancellation ended, MailException failure) {
        synchronized (this) {
            if (flight != ended) {
                return;
            }
            flight = null;
        }
        MailException end = gate.failed(this, ended, failure);
        if (end != null) {
            answer.completeExceptionally(end);
        }
    }
}
