package dev.steadymail.guard;

import dev.steadymail.event.CallTrace;
import dev.steadymail.event.Telemetry;
import dev.steadymail.mail.Lane;
import dev.steadymail.mail.MailException;
import dev.steadymail.time.Deadline;
import dev.steadymail.time.Scheduler;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Stands between one account's calls and the wire. Each attempt takes a place, of which there are few; passes the circuits of the
 * account and of what it shares; is charged to the quotas before it starts; has a time limit; and is repeated where that is safe,
 * useful and within the retry budget. Calls wait for their turn by lane. When the provider states a time to come back, everything
 * waits until then. Thread-safe.
 *
 * <p>There is one for each open account, from {@link Guards#open}. It has no thread: a blocking call makes its attempts on the
 * calling thread, and whoever frees a place starts what waits for it.
 */
public final class Guard implements AutoCloseable {
    private static final Duration DRAIN_STEP = Duration.ofMillis(20);

    private final Gate gate;
    private final Guards guards;
    private final Telemetry telemetry;
    private final boolean remembered;
    private boolean left;
    private volatile @Nullable BatchParts parts;

    Guard(Guards guards, Gate gate, Telemetry telemetry, GuardProfile profile) {
        this.guards = guards;
        this.gate = gate;
        this.telemetry = telemetry;
        this.remembered = profile.remembered();
    }

    /** Returns the limits of this account. */
    public GuardSettings settings() {
        return gate.settings();
    }

    /**
     * Makes a request, on the calling thread, repeating it where that is safe and useful. The thread waits for its turn first.
     *
     * @throws MailException with the number of attempts made and the earlier ones suppressed; of kind DEADLINE where the deadline
     *     passed, or would pass before the call's turn; THROTTLED or CIRCUIT_OPEN, with the time to come back, where the account must
     *     be left alone for longer than the deadline allows; QUEUE_FULL where too many calls wait; CANCELLED where the calling thread
     *     was interrupted (its interrupt flag stays set) or this guard was closed
     */
    public <T> T call(Request request, Lane lane, Deadline deadline, Attempt<T> attempt) {
        CallTrace trace = telemetry.call(request.operation(), lane);
        long now = gate.clock().now();
        return trace == null
                ? make(request, lane, deadline, now, attempt)
                : follow(new TracedCall<>(trace, gate.clock(), now, attempt), request, lane, deadline, now);
    }

    private <T> T follow(TracedCall<T> traced, Request request, Lane lane, Deadline deadline, long now) {
        T answer;
        try {
            answer = make(request, lane, deadline, now, traced);
        } catch (Throwable thrown) {
            traced.failed(thrown);
            throw thrown;
        }
        traced.succeeded();
        return answer;
    }

    private <T> T make(Request request, Lane lane, Deadline deadline, long now, Attempt<T> attempt) {
        long deadlineAt = gate.clock().of(deadline);
        Cancellation flight = gate.tryEnter(request, lane, deadlineAt, now);
        if (flight == null) {
            return new BlockingCall<>(gate, request, lane, deadlineAt, now, attempt).call();
        }
        T answer;
        try {
            answer = attempt.run(flight);
        } catch (Throwable thrown) {
            flight.ended();
            return new BlockingCall<>(gate, request, lane, deadlineAt, now, attempt).goOnAfter(flight, thrown);
        }
        flight.ended();
        return gate.succeeded(request, flight, 1, 0)
                ? answer
                : new BlockingCall<>(gate, request, lane, deadlineAt, now, attempt).goOnAfter(flight, null);
    }

    /**
     * Makes a request that does not block, repeating it where that is safe and useful. No thread waits; each attempt is started by
     * whoever frees a place, or at once on the calling thread. The future fails as {@link #call} does, and completes on the thread
     * that ended the last attempt; cancelling it frees the place, or the place in the queue, at once.
     */
    public <T> CompletableFuture<T> callAsync(Request request, Lane lane, Deadline deadline, AsyncAttempt<T> attempt) {
        CallTrace trace = telemetry.call(request.operation(), lane);
        long now = gate.clock().now();
        return trace == null
                ? makeAsync(request, lane, deadline, now, attempt)
                : new TracedStart<>(trace, gate.clock(), now, attempt)
                        .make(traced -> makeAsync(request, lane, deadline, now, traced));
    }

    private <T> CompletableFuture<T> makeAsync(
            Request request, Lane lane, Deadline deadline, long now, AsyncAttempt<T> attempt) {
        return new AsyncCall<>(gate, request, lane, gate.clock().of(deadline), now, attempt).call();
    }

    /** Returns why this account is as fast as it is. */
    public Explanation explain() {
        return gate.explain();
    }

    /** Returns what is left of the account's quotas, and of those that it shares. */
    public Ledger ledger() {
        return gate.ledger();
    }

    /** Returns until when the provider asked this account to wait, or its circuit is open; null where nothing keeps it. */
    public @Nullable Instant pausedUntil() {
        return gate.pausedUntil();
    }

    /** Returns how many parts a batch may have now, 5 to 50. A batch takes one place; its cost is that of all its parts. */
    public int batchParts() {
        return parts().limit();
    }

    /** Says how a batch went: whether any part was refused for being too much at once. */
    public void batchEnded(boolean partRefused) {
        parts().ended(partRefused);
    }

    private BatchParts parts() {
        BatchParts made = parts;
        if (made == null) {
            synchronized (this) {
                made = parts == null ? new BatchParts() : parts;
                parts = made;
            }
        }
        return made;
    }

    /** Closes the account's circuit by hand and forgets lowered limits. What is shared with other accounts stays. */
    public void reset() {
        gate.reset();
    }

    /** Refuses new calls and waits until those accepted before have ended; answers whether they did in time. */
    public boolean drain(Duration limit) {
        Deadline deadline = gate.clock().time().deadline(limit);
        while (!gate.drained()) {
            if (deadline.hasPassed() || !sleep(deadline.atMost(DRAIN_STEP))) {
                return false;
            }
        }
        return true;
    }

    private boolean sleep(Duration step) {
        CompletableFuture<Boolean> over = new CompletableFuture<>();
        Scheduler.Timer timer = gate.clock().time().scheduler().schedule(() -> over.complete(true), step);
        try {
            return over.get();
        } catch (InterruptedException interrupt) {
            timer.cancel();
            Thread.currentThread().interrupt();
            return false;
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Ends every running attempt and waiting call with kind CANCELLED and refuses new ones. Harmless when repeated. */
    @Override
    public void close() {
        gate.close();
        synchronized (this) {
            if (left) {
                return;
            }
            left = true;
        }
        guards.closed(gate, telemetry.account(), remembered);
    }
}
