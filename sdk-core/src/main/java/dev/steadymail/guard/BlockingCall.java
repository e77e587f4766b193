package dev.steadymail.guard;

import dev.steadymail.guard.SharedLimits.Verdict;
import dev.steadymail.mail.Lane;
import dev.steadymail.mail.MailException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** A call whose thread waits for its turn, makes the attempts itself and returns the answer. */
final class BlockingCall<T> extends Ticket {
    private final Gate gate;
    private final Attempt<T> attempt;
    private final Thread caller = Thread.currentThread();
    private volatile @Nullable Cancellation granted;
    private volatile @Nullable MailException refused;

    BlockingCall(Gate gate, Request request, Lane lane, long deadlineAt, long now, Attempt<T> attempt) {
        super(request, lane, deadlineAt, now);
        this.gate = gate;
        this.attempt = attempt;
    }

    @Override
    Cancellation flight(long now) {
        return Cancellation.onCallersThread(request, lane, deadlineAt, now);
    }

    @Override
    void grant(Cancellation flight) {
        granted = flight;
    }

    /** What was granted and not used costs nothing. */
    @Override
    @Nullable
    Cancellation takeFlight() {
        Cancellation unused = granted;
        granted = null;
        if (unused != null) {
            unused.correctUnits(0);
        }
        return unused;
    }

    @Override
    void refuse(MailException failure) {
        refused = failure;
    }

    /** Wakes the caller. */
    @Override
    public void run() {
        LockSupport.unpark(caller);
    }

    /** Waits in its lane, and answers. */
    T call() {
        gate.enqueue(this);
        return goOn();
    }

    /** Goes on after a first attempt that needed no waiting and failed. */
    T goOnAfter(Cancellation flight, @Nullable Throwable thrown) {
        endOrRest(flight, thrown);
        return goOn();
    }

    private T goOn() {
        while (true) {
            Cancellation flight = awaitTurn();
            T answer;
            try {
                answer = attempt.run(flight);
            } catch (RuntimeException | Error thrown) {
                flight.ended();
                endOrRest(flight, thrown);
                continue;
            }
            flight.ended();
            if (gate.succeeded(request, flight, attempts() + 1, flight.startedAt() - waitingSince)) {
                return answer;
            }
            endOrRest(flight, null);
        }
    }

    /** Ends a failed attempt; returns where the call gets another turn. */
    private void endOrRest(Cancellation flight, @Nullable Throwable thrown) {
        MailException failure = thrown instanceof MailException mail ? mail : Refusals.fault(thrown);
        MailException end = gate.failed(this, flight, failure);
        if (thrown != null && !(thrown instanceof MailException) && flight.reason() == null) {
            rethrow(thrown);
        }
        if (end != null) {
            throw end;
        }
    }

    private static void rethrow(Throwable thrown) {
        if (thrown instanceof Error error) {
            throw error;
        }
        if (thrown instanceof RuntimeException unchecked) {
            throw unchecked;
        }
        throw new IllegalStateException(thrown);
    }

    private Cancellation awaitTurn() {
        while (true) {
            Cancellation flight = granted;
            if (flight != null) {
                granted = null;
                if (!gate.giveBackIfPaused(this, flight) && isGranted(flight)) {
                    return flight;
                }
                continue;
            }
            MailException failure = refused;
            if (failure != null) {
                throw failure;
            }
            LockSupport.park(this);
            if (Thread.currentThread().isInterrupted()) {
                abandon();
            }
        }
    }

    /** The answer comes within 50 ms, whatever becomes of those who are asked. */
    private boolean isGranted(Cancellation flight) {
        CompletableFuture<Verdict> asked = gate.askShared(this);
        return asked == null || gate.isGranted(this, flight, asked.join());
    }

    private void abandon() {
        gate.withdraw(this);
        throw notSent(Refusals.interrupted());
    }
}
