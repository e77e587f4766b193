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
    Cancellation newFlight(long now) {
        return Cancellation.onCallersThread(request, lane, deadlineAt, now);
    }

    @Override
    boolean granted(Cancellation flight) {
        granted = flight;
        LockSupport.unpark(caller);
        return false;
    }

    @Override
    boolean refused(MailException failure) {
        refused = failure;
        LockSupport.unpark(caller);
        return false;
    }

    /** Waking the caller is all there is to do, and has been done. */
    @Override
    public void run() {}

    /** Waits in its lane, and answers. */
    T call() {
        gate.enqueue(this);
        return goOn();
    }

    /** Goes on after a first attempt that needed no waiting and failed, or was broken although it succeeded. */
    T goOnAfter(Cancellation first, @Nullable Throwable thrown) {
        flight = first;
        endOrRest(first, thrown);
        return goOn();
    }

    private T goOn() {
        while (true) {
            Cancellation flight = awaitTurn();
            T answer;
            try {
                answer = attempt.run(flight);
            } catch (Throwable thrown) {
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
            BlockingCall.<RuntimeException>rethrow(thrown);
        }
        if (end != null) {
            throw end;
        }
    }

    /** A fault of the provider's code is no failure of the server's and comes through as it is, whatever its type. */
    @SuppressWarnings("unchecked")
    private static <X extends Throwable> void rethrow(Throwable thrown) throws X {
        throw (X) thrown;
    }

    private Cancellation awaitTurn() {
        while (true) {
            Cancellation flight = granted;
            if (flight != null) {
                granted = null;
                Turn turn = gate.begin(this, flight, verdict());
                if (turn == Turn.START) {
                    return flight;
                }
                if (turn == Turn.ENDED) {
                    endOrRest(flight, null);
                }
                continue;
            }
            MailException failure = refused;
            if (failure != null) {
                throw failure;
            }
            park();
        }
    }

    /** The answer of other processes comes within 50 ms, whatever becomes of those who are asked. */
    private @Nullable Verdict verdict() {
        CompletableFuture<Verdict> asked = gate.askShared(this);
        return asked == null ? null : asked.join();
    }

    /** The gate's alarm ends the wait; the limit here is for the case that the runtime's timers are gone. */
    private void park() {
        long left = deadlineAt - gate.clock().now();
        LockSupport.parkNanos(this, Math.max(1, left));
        if (Thread.currentThread().isInterrupted()) {
            gate.withdraw(this);
            throw notSent(Refusals.interrupted());
        }
        if (left <= 0 && granted == null && refused == null) {
            gate.withdraw(this);
            throw notSent(Refusals.passed(request));
        }
    }
}
