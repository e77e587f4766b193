package dev.steadymail.send;

import dev.steadymail.mail.EmailId;
import dev.steadymail.mail.SendResult.Sent;
import dev.steadymail.mail.ThreadId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an entry becomes next, at one moment. Used once, for one of these. */
final class Transition {
    private final OutboxEntry from;
    private final Instant now;
    private int attempts;
    private @Nullable Instant triedAt;
    private @Nullable Instant leftAt;
    private @Nullable Instant unclearAt;
    private int looks;
    private @Nullable OutboxFailure failure;
    private @Nullable EmailId emailId;
    private @Nullable ThreadId threadId;
    private List<OutboxRefusal> refusals;

    Transition(OutboxEntry from, Instant now) {
        this.from = from;
        this.now = now;
        this.attempts = from.attempts();
        this.triedAt = from.triedAt();
        this.leftAt = from.leftAt();
        this.unclearAt = from.unclearAt();
        this.looks = from.looks();
        this.failure = from.failure();
        this.emailId = from.emailId();
        this.threadId = from.threadId();
        this.refusals = from.refusals();
    }

    OutboxEntry claimed(Duration lease) {
        attempts++;
        triedAt = triedAt == null ? now : triedAt;
        return to(OutboxState.SENDING, now.plus(lease));
    }

    OutboxEntry leaving(Duration lease) {
        leftAt = leftAt == null ? now : leftAt;
        return to(OutboxState.SENDING, now.plus(lease));
    }

    /** It surely has not left. */
    OutboxEntry requeued(Instant at, OutboxFailure why) {
        leftAt = null;
        failure = why;
        return to(OutboxState.QUEUED, at);
    }

    /** It may have left before, and is sent all the same. */
    OutboxEntry sentAgain() {
        triedAt = null;
        leftAt = null;
        unclearAt = null;
        looks = 0;
        return to(OutboxState.QUEUED, now);
    }

    OutboxEntry unclear(Duration firstLook, OutboxFailure why) {
        leftAt = leftAt == null ? now : leftAt;
        unclearAt = now;
        looks = 0;
        failure = why;
        return to(OutboxState.UNKNOWN, now.plus(firstLook));
    }

    OutboxEntry lookedFor(@Nullable Instant nextLook) {
        looks++;
        return to(OutboxState.UNKNOWN, nextLook);
    }

    /** A look that itself failed does not count. */
    OutboxEntry lookAgain(@Nullable Instant nextLook) {
        return to(OutboxState.UNKNOWN, nextLook);
    }

    OutboxEntry found(EmailId email, @Nullable ThreadId thread) {
        looks++;
        emailId = email;
        threadId = thread;
        return to(OutboxState.SENT_BEFORE, null);
    }

    /** It was taken, and more is being done. */
    OutboxEntry accepted(List<OutboxRefusal> refused, Duration lease) {
        failure = null;
        refusals = refused;
        return to(OutboxState.SENT, now.plus(lease));
    }

    /** Whoever did more has ended. */
    OutboxEntry settled() {
        return to(from.state(), null);
    }

    OutboxEntry sent(Sent sent) {
        leftAt = leftAt == null ? now : leftAt;
        failure = null;
        emailId = sent.emailId() == null ? emailId : sent.emailId();
        threadId = sent.threadId() == null ? threadId : sent.threadId();
        refusals = sent.refused().stream().map(OutboxRefusal::of).toList();
        return to(OutboxState.SENT, null);
    }

    OutboxEntry refused(OutboxFailure why) {
        leftAt = null;
        failure = why;
        return to(OutboxState.REFUSED, null);
    }

    OutboxEntry cancelled() {
        leftAt = null;
        return to(OutboxState.CANCELLED, null);
    }

    private OutboxEntry to(OutboxState state, @Nullable Instant dueAt) {
        return new OutboxEntry(
                from.message(),
                state,
                dueAt,
                attempts,
                triedAt,
                leftAt,
                unclearAt,
                looks,
                failure,
                emailId,
                threadId,
                refusals,
                now,
                from.version() + 1);
    }
}
