package dev.steadymail.send;

import dev.steadymail.event.ClientEvent.SendEvent;
import dev.steadymail.event.ClientEvent.SendEvent.Outcome;
import dev.steadymail.event.Telemetry;
import dev.steadymail.event.Tracing;
import dev.steadymail.event.WorkTrace;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Tells how the messages of an outbox get on, and follows the steps that are done for them. Thread-safe; one step at a time. */
final class ToldEntries {
    private final Telemetry telemetry;
    /** What the step that goes on has made of its message so far; null where none goes on. */
    private volatile @Nullable OutboxEntry latest;

    ToldEntries(Telemetry telemetry) {
        this.telemetry = telemetry;
    }

    /** Does a step, and follows it. */
    void follow(OutboxEntry entry, Consumer<OutboxEntry> step) {
        WorkTrace trace = telemetry.work(Tracing.Work.SEND);
        latest = entry;
        try {
            step.accept(entry);
        } finally {
            OutboxEntry reached = latest;
            latest = null;
            trace.ended(event(reached == null ? entry : reached));
        }
    }

    /** Hears that an entry changed, on whatever thread, and tells what is worth it. */
    void changed(OutboxEntry entry) {
        OutboxEntry going = latest;
        if (going != null && going.key().equals(entry.key())) {
            latest = entry;
        }
        if (isNews(entry)) {
            telemetry.tell(event(entry));
        }
    }

    /** That it is being sent, taken but not yet settled, or looked for once more is none. */
    private static boolean isNews(OutboxEntry entry) {
        return switch (entry.state()) {
            case SENDING -> false;
            case SENT -> entry.isSettled();
            case UNKNOWN -> entry.changedAt().equals(entry.unclearAt());
            case QUEUED, SENT_BEFORE, REFUSED, CANCELLED -> true;
        };
    }

    private SendEvent event(OutboxEntry entry) {
        OutboxFailure failure = entry.failure();
        return new SendEvent(
                telemetry.now(),
                telemetry.account(),
                telemetry.protocol(),
                outcome(entry),
                entry.attempts(),
                Duration.between(entry.message().createdAt(), entry.changedAt()),
                failure == null ? null : failure.kind());
    }

    private static Outcome outcome(OutboxEntry entry) {
        return switch (entry.state()) {
            case QUEUED -> entry.attempts() == 0 ? Outcome.QUEUED : Outcome.POSTPONED;
            case SENDING, UNKNOWN -> Outcome.UNKNOWN;
            case SENT -> Outcome.SENT;
            case SENT_BEFORE -> Outcome.SENT_BEFORE;
            case REFUSED -> Outcome.REFUSED;
            case CANCELLED -> Outcome.CANCELLED;
        };
    }
}
