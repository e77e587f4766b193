package dev.steadymail.observability.jfr;

import dev.steadymail.event.CallTrace;
import dev.steadymail.mail.MailException.Kind;
import org.jspecify.annotations.Nullable;

/**
 * A call while something is recorded.
 *
 * @param event has begun
 */
record RecordedCall(MailCallEvent event) implements CallTrace {
    @Override
    public void attemptBegan(int attempt, long waitedNanos) {
        event.attempts = attempt;
        event.waited += waitedNanos;
    }

    @Override
    public void succeeded() {
        ended(null);
    }

    @Override
    public void failed(Kind failure, long waitedNanos) {
        event.waited += waitedNanos;
        ended(failure);
    }

    private void ended(@Nullable Kind failure) {
        event.outcome = Outcomes.of(failure);
        event.commit();
    }
}
