package dev.steadymail.testkit.guard;

import dev.steadymail.guard.Cancellation;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** One request on its way to the provider and one answer on its way back. */
final class Exchange {
    private final SimulatedMailbox mailbox;
    private final int units;
    private final CompletableFuture<Boolean> answer = new CompletableFuture<>();
    private boolean arrived;
    private boolean ended;

    Exchange(SimulatedMailbox mailbox, int units) {
        this.mailbox = mailbox;
        this.units = units;
    }

    CompletionStage<Boolean> start(Cancellation cancellation) {
        mailbox.sent++;
        mailbox.provider.sent++;
        cancellation.onCancel(this::broken);
        long latency = mailbox.provider.rules.latency().applyAsLong(mailbox.choices);
        if (latency == 0) {
            arrive(0);
        } else {
            long there = (long) (latency * mailbox.choices.nextDouble());
            mailbox.provider.simulation.after(Duration.ofNanos(there), () -> arrive(latency - there));
        }
        return answer;
    }

    private void arrive(long backNanos) {
        if (ended) {
            return;
        }
        Trouble trouble = mailbox.troubleNow();
        if (trouble == Trouble.UNREACHABLE) {
            ended = true;
            answer.completeExceptionally(MailException.of(Kind.NETWORK, "connection refused"));
            return;
        }
        arrived = true;
        mailbox.enter();
        MailException refusal = mailbox.verdict(units);
        if (backNanos == 0 && trouble != Trouble.SILENT) {
            leave(refusal);
        } else if (trouble != Trouble.SILENT) {
            mailbox.provider.simulation.after(Duration.ofNanos(backNanos), () -> leave(refusal));
        }
    }

    private void leave(@Nullable MailException refusal) {
        if (ended) {
            return;
        }
        end();
        if (refusal == null) {
            mailbox.serve(units);
            answer.complete(true);
        } else {
            answer.completeExceptionally(refusal);
        }
    }

    /** A request that is broken on its way may still arrive, at that moment: whoever broke it cannot know. */
    private void broken() {
        if (ended) {
            return;
        }
        if (!arrived && mailbox.choices.nextBoolean()) {
            var unused = mailbox.verdict(units);
        }
        end();
        answer.completeExceptionally(MailException.of(Kind.NETWORK, "connection broken by this side"));
    }

    private void end() {
        ended = true;
        if (arrived) {
            mailbox.inFlight--;
        }
    }
}
