package dev.steadymail.testkit.guard;

import dev.steadymail.guard.AsyncAttempt;
import dev.steadymail.guard.Cancellation;
import dev.steadymail.guard.Guard;
import dev.steadymail.guard.Request;
import dev.steadymail.mail.Lane;
import dev.steadymail.mail.MailException;
import dev.steadymail.testkit.simulation.Simulation;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Calls one mailbox through its guard, and tallies what comes of it; closes the guard. */
final class Caller implements AutoCloseable {
    private static final Duration ATTEMPT = Duration.ofSeconds(10);

    private final Simulation simulation;
    private final Guard guard;
    private final SimulatedMailbox mailbox;
    private final Tally tally;

    Caller(Guard guard, SimulatedMailbox mailbox, Tally tally) {
        this.simulation = mailbox.provider.simulation;
        this.guard = guard;
        this.mailbox = mailbox;
        this.tally = tally;
    }

    void ask(Lane lane, int units, Duration patience) {
        tally.ask(lane);
        Call call = new Call(lane, units, simulation.elapsed().toNanos());
        Request request = new Request("messages.get", true, ATTEMPT, units);
        var unused = guard.callAsync(request, lane, simulation.time().deadline(patience), call)
                .whenComplete(call::end);
    }

    @Override
    public void close() {
        guard.close();
    }

    private final class Call implements AsyncAttempt<Boolean> {
        private final Lane lane;
        private final int units;
        private final long askedNanos;
        private boolean started;

        Call(Lane lane, int units, long askedNanos) {
            this.lane = lane;
            this.units = units;
            this.askedNanos = askedNanos;
        }

        @Override
        public CompletionStage<Boolean> start(Cancellation cancellation) {
            tally.attempts++;
            waited();
            return mailbox.request(units).start(cancellation);
        }

        /** A call that ended without an attempt has waited too. */
        void end(@Nullable Boolean answer, @Nullable Throwable failure) {
            waited();
            if (failure == null || failure instanceof MailException) {
                tally.end(lane, (MailException) failure);
            } else {
                // Thrown here it would be lost in the future.
                simulation.after(Duration.ZERO, () -> {
                    throw new AssertionError("a guard fails with nothing but MailException", failure);
                });
            }
        }

        private void waited() {
            if (!started) {
                started = true;
                tally.waits(lane).add(simulation.elapsed().toNanos() - askedNanos);
            }
        }
    }
}
