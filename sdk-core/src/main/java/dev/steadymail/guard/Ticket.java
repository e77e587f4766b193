package dev.steadymail.guard;

import dev.steadymail.mail.Lane;
import dev.steadymail.mail.MailException;
import org.jspecify.annotations.Nullable;

/**
 * One call on its way through the gate: waiting in its lane, in flight, or resting before it is repeated. Fields are guarded by
 * the gate's lock, unless said otherwise. {@link #run} tells the call that it may start or that it failed; it is run without the lock.
 */
abstract class Ticket implements Runnable {
    final Request request;
    final Lane lane;
    final long deadlineAt;
    final long since;
    /** The order of arrival among those that came to wait, from 1. */
    long order;

    /** When the call last began to wait, for the events. */
    long waitingSince;

    @Nullable
    Ticket previous;

    @Nullable
    Ticket next;

    /** Where the ticket is in its heap, or -1, and by which time it is sorted there. */
    int heapIndex = -1;

    long dueAt;
    boolean queued;
    /** The attempt that has a place for this call, or null. */
    @Nullable
    Cancellation flight;
    /** Whether the call has ended, so that nothing of it may start or rest any more. */
    boolean done;

    private int attempts;
    private @Nullable MailException last;

    Ticket(Request request, Lane lane, long deadlineAt, long now) {
        this.request = request;
        this.lane = lane;
        this.deadlineAt = deadlineAt;
        this.since = now;
        this.waitingSince = now;
    }

    /** Tells that {@link #flight} has a place. Called with the gate's lock held; answers whether {@link #run} is to follow. */
    abstract boolean granted(Cancellation flight);

    /** Ends the call. Called with the gate's lock held; answers whether {@link #run} is to follow. */
    abstract boolean refused(MailException failure);

    /** Makes what stands for an attempt in flight. */
    abstract Cancellation newFlight(long now);

    /** Returns how many attempts were made. */
    final int attempts() {
        return attempts;
    }

    final @Nullable MailException last() {
        return last;
    }

    /** Counts a failed attempt; the earlier ones go along as suppressed exceptions. */
    final MailException failedWith(MailException failure) {
        attempts++;
        MailException counted = failure.toBuilder()
                .attempts(attempts)
                .mayHaveTakenEffect(request.mayHaveTakenEffect(failure))
                .build();
        if (last != null) {
            counted.addSuppressed(last);
        }
        last = counted;
        return counted;
    }

    /** Adds to a failure before any further attempt how many there were and what they met. */
    final MailException notSent(MailException failure) {
        MailException counted = failure.toBuilder().attempts(attempts).build();
        if (last != null) {
            counted.addSuppressed(last);
        }
        return counted;
    }
}
