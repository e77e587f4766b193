package dev.steadymail.send;

import dev.steadymail.mail.EmailId;
import dev.steadymail.mail.ThreadId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A message in an outbox, as it is at one moment. Immutable; every change makes another one of the next version, so that a store can
 * refuse a change of what has changed meanwhile.
 *
 * @param message what is sent
 * @param state how far it is
 * @param dueAt when something is to be done next: sent, looked for, or taken over from a process that ended; null where nothing is. A
 *     message that is SENT has one as long as its copy may be on its way into the account
 * @param attempts how often it was tried to send it
 * @param triedAt when that was tried first, or first since somebody had it sent again; null where it was not
 * @param leftAt when it left, that is, since when the provider may have it; null where it surely has not
 * @param unclearAt since when it is UNKNOWN, or was before it was found; null where it never was
 * @param looks how often it was looked for since then
 * @param failure what went wrong last, or null
 * @param emailId the sent message in the account, or null where that is not known
 * @param threadId its thread, or null
 * @param refusals whom it did not go to, although it went to others
 * @param changedAt when it became what it is
 * @param version counts the changes, from 1
 */
public record OutboxEntry(
        OutboxMessage message,
        OutboxState state,
        @Nullable Instant dueAt,
        int attempts,
        @Nullable Instant triedAt,
        @Nullable Instant leftAt,
        @Nullable Instant unclearAt,
        int looks,
        @Nullable OutboxFailure failure,
        @Nullable EmailId emailId,
        @Nullable ThreadId threadId,
        List<OutboxRefusal> refusals,
        Instant changedAt,
        long version) {
    public OutboxEntry {
        refusals = List.copyOf(refusals);
    }

    static OutboxEntry queued(OutboxMessage message, Instant dueAt) {
        return new OutboxEntry(
                message,
                OutboxState.QUEUED,
                dueAt,
                0,
                null,
                null,
                null,
                0,
                null,
                null,
                null,
                List.of(),
                message.createdAt(),
                1);
    }

    /** Returns the idempotency key. */
    public String key() {
        return message.key();
    }

    /**
     * Returns whether nothing more happens by itself: a final state, once a sent message's copy is kept, or UNKNOWN after the last look.
     */
    public boolean isSettled() {
        return dueAt == null && (state.isFinal() || state == OutboxState.UNKNOWN);
    }

    /** Returns whether the provider may have taken it in the attempt that goes on or was not answered. */
    boolean hasLeft() {
        return leftAt != null;
    }

    /** Begins the entry that follows. */
    Transition at(Instant now) {
        return new Transition(this, now);
    }

    /** Shows nothing private. */
    @Override
    public String toString() {
        return "OutboxEntry[" + state + ", attempts=" + attempts + ", looks=" + looks + ", failure="
                + (failure == null ? "none" : failure.kind()) + "]";
    }
}
