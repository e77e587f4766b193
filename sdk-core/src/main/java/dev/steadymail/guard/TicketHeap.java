package dev.steadymail.guard;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Tickets by the time at which each is due, the earliest first; any can be taken out. Guarded by its owner's lock. */
final class TicketHeap {
    private static final int FIRST_CAPACITY = 4;

    private @Nullable Ticket[] tickets = new Ticket[FIRST_CAPACITY];
    private int size;

    int size() {
        return size;
    }

    /** Returns when the first ticket is due, never where there is none. */
    long firstDue() {
        Ticket first = tickets[0];
        return first == null ? GuardClock.NEVER : first.dueAt;
    }

    void add(Ticket ticket, long dueAt) {
        if (size == tickets.length) {
            tickets = Arrays.copyOf(tickets, 2 * size);
        }
        ticket.dueAt = dueAt;
        up(ticket, size++);
    }

    /** Takes the first ticket where it is due, else answers null. */
    @Nullable
    Ticket takeDue(long now) {
        Ticket first = tickets[0];
        if (first == null || first.dueAt > now) {
            return null;
        }
        remove(first);
        return first;
    }

    /** Takes a ticket out; harmless where it is not in. */
    void remove(Ticket ticket) {
        int index = ticket.heapIndex;
        if (index < 0) {
            return;
        }
        ticket.heapIndex = -1;
        Ticket last = tickets[--size];
        tickets[size] = null;
        if (last != null && last != ticket) {
            down(last, index);
            if (last.heapIndex == index) {
                up(last, index);
            }
        }
    }

    private void up(Ticket ticket, int from) {
        int index = from;
        while (index > 0) {
            int above = (index - 1) / 2;
            Ticket parent = tickets[above];
            if (parent == null || parent.dueAt <= ticket.dueAt) {
                break;
            }
            place(parent, index);
            index = above;
        }
        place(ticket, index);
    }

    private void down(Ticket ticket, int from) {
        int index = from;
        while (2 * index + 1 < size) {
            int below = lesserChild(index);
            Ticket child = tickets[below];
            if (child == null || child.dueAt >= ticket.dueAt) {
                break;
            }
            place(child, index);
            index = below;
        }
        place(ticket, index);
    }

    private int lesserChild(int index) {
        int left = 2 * index + 1;
        Ticket first = tickets[left];
        Ticket second = left + 1 < size ? tickets[left + 1] : null;
        return second != null && first != null && second.dueAt < first.dueAt ? left + 1 : left;
    }

    private void place(Ticket ticket, int index) {
        tickets[index] = ticket;
        ticket.heapIndex = index;
    }
}
