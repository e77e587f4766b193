package dev.steadymail.guard;

import dev.steadymail.event.CallTrace;
import dev.steadymail.event.CallTrace.AttemptTrace;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import java.util.function.Function;

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

    TracedCall(CallTrace trace, GuardClock clock, long now, Attempt<T> attempt) {
        this.trace = trace;
        this.clock = clock;
        this.waitingSince = now;
        this.attempt = attempt;
    }

    /** Makes the call. */
    T make(Function<Attempt<T>, T> call) {
        Kind failure = Kind.PROTOCOL;
        try {
            T answer = call.apply(this);
            failure = null;
            return answer;
        } catch (MailException thrown) {
            failure = thrown.kind();
            throw thrown;
        } finally {
            trace.ended(failure);
        }
    }

    @Override
    public T run(Cancellation cancellation) {
        AttemptTrace followed = trace.attempt(cancellation.startedAt() - waitingSince);
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
            if (failure != null) {
                waitingSince = clock.now();
            }
        }
    }
}
