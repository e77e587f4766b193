package dev.steadymail.guard;

import dev.steadymail.event.CallTrace;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import java.util.concurrent.CancellationException;

/**
 * Follows a call and its attempts on the calling thread, from outside: what decides about them knows nothing of it.
 *
 * @param <T> the answer
 */
final class TracedCall<T> implements Attempt<T> {
    private final CallTrace trace;
    private final GuardClock clock;
    private final Attempt<T> attempt;
    private long waitingSince;
    private int number;

    TracedCall(CallTrace trace, GuardClock clock, long now, Attempt<T> attempt) {
        this.trace = trace;
        this.clock = clock;
        this.waitingSince = now;
        this.attempt = attempt;
    }

    void succeeded() {
        trace.succeeded();
    }

    void failed(Throwable thrown) {
        trace.failed(kind(thrown), clock.now() - waitingSince);
    }

    @Override
    public T run(Cancellation cancellation) {
        number++;
        trace.attemptBegan(number, cancellation.startedAt() - waitingSince);
        T answer;
        try {
            answer = attempt.run(cancellation);
        } catch (Throwable thrown) {
            trace.attemptLeft(number);
            waitingSince = clock.now();
            trace.attemptFailed(number, kind(thrown), waitingSince - cancellation.startedAt());
            throw thrown;
        }
        trace.attemptLeft(number);
        CancelReason broken = cancellation.reason();
        if (broken == null) {
            trace.attemptSucceeded(number);
        } else {
            // Its answer came too late and counts for nothing: the call goes on, or ends, without it.
            waitingSince = clock.now();
            trace.attemptFailed(number, kind(broken), waitingSince - cancellation.startedAt());
        }
        return answer;
    }

    static Kind kind(CancelReason broken) {
        return switch (broken) {
            case TIMEOUT -> Kind.TIMEOUT;
            case DEADLINE -> Kind.DEADLINE;
            case CLOSED, ABANDONED -> Kind.CANCELLED;
        };
    }

    /** A fault of our own or of a provider's code has no kind; here it is as one that speaks wrongly. */
    static Kind kind(Throwable thrown) {
        if (thrown instanceof CancellationException) {
            return Kind.CANCELLED;
        }
        return thrown instanceof MailException failure ? failure.kind() : Kind.PROTOCOL;
    }
}
