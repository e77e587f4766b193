package dev.steadymail.guard;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The calls of one account that are not in flight: those in line for their turn, and those that rest. Guarded by the gate's lock. */
final class Waiting {
    private static final Comparator<Ticket> LAST_COME_FIRST =
            Comparator.comparingLong((Ticket ticket) -> ticket.order).reversed();

    final Lanes lanes = new Lanes();
    private final TicketHeap deadlines = new TicketHeap();
    private final TicketHeap rests = new TicketHeap();
    private long arrivals;

    boolean isAnyoneInLine() {
        return lanes.size() > 0;
    }

    int resting() {
        return rests.size();
    }

    int size() {
        return lanes.size() + rests.size();
    }

    void lineUp(Ticket ticket) {
        number(ticket);
        lanes.addLast(ticket);
        deadlines.add(ticket, ticket.deadlineAt);
    }

    /** For a call that has been in line before. */
    void lineUpFirst(Ticket ticket) {
        lanes.addFirst(ticket);
        deadlines.add(ticket, ticket.deadlineAt);
    }

    void rest(Ticket ticket, long until) {
        number(ticket);
        rests.add(ticket, until);
    }

    private void number(Ticket ticket) {
        if (ticket.order == 0) {
            ticket.order = ++arrivals;
        }
    }

    /** Takes a call out, wherever it is; harmless where it is not in. */
    void remove(Ticket ticket) {
        if (ticket.queued) {
            lanes.remove(ticket);
            deadlines.remove(ticket);
        } else {
            rests.remove(ticket);
        }
    }

    /** Takes a call out of line whose deadline comes no later than {@code at}, or answers null. */
    @Nullable
    Ticket takeHopeless(long at) {
        Ticket ticket = deadlines.takeDue(at);
        if (ticket != null) {
            lanes.remove(ticket);
        }
        return ticket;
    }

    /** Puts those in line again whose rest is over. */
    void wakeRested(long now) {
        if (rests.firstDue() > now) {
            return;
        }
        List<Ticket> rested = new ArrayList<>();
        for (Ticket ticket = rests.takeDue(now); ticket != null; ticket = rests.takeDue(now)) {
            rested.add(ticket);
        }
        rested.sort(LAST_COME_FIRST);
        rested.forEach(this::lineUpFirst);
    }

    /** Takes out one call after the other, until null. */
    @Nullable
    Ticket takeAny() {
        Ticket resting = rests.takeDue(GuardClock.NEVER);
        return resting != null ? resting : takeHopeless(GuardClock.NEVER);
    }

    long firstRestEnd() {
        return rests.firstDue();
    }

    long firstDue() {
        return Math.min(deadlines.firstDue(), rests.firstDue());
    }
}
