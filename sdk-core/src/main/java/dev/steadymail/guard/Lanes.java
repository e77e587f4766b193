package dev.steadymail.guard;

import dev.steadymail.mail.Lane;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What waits, by lane, each in order of arrival. The most urgent lane goes first; every eighth start belongs to a call of another
 * lane that has waited for ten seconds, so that no lane starves. Guarded by its owner's lock.
 */
final class Lanes {
    private static final Lane[] ALL = Lane.values();
    private static final long AGED = Duration.ofSeconds(10).toNanos();
    private static final int AGED_SHARE = 8;

    private final @Nullable Ticket[] heads = new Ticket[ALL.length];
    private final @Nullable Ticket[] tails = new Ticket[ALL.length];
    private final int[] counts = new int[ALL.length];
    private int size;
    private int starts;

    int size() {
        return size;
    }

    int size(Lane lane) {
        return counts[lane.ordinal()];
    }

    @Nullable
    Ticket head(Lane lane) {
        return heads[lane.ordinal()];
    }

    void addLast(Ticket ticket) {
        int lane = ticket.lane.ordinal();
        Ticket tail = tails[lane];
        ticket.previous = tail;
        tails[lane] = ticket;
        if (tail == null) {
            heads[lane] = ticket;
        } else {
            tail.next = ticket;
        }
        counted(ticket, 1);
    }

    void addFirst(Ticket ticket) {
        int lane = ticket.lane.ordinal();
        Ticket head = heads[lane];
        ticket.next = head;
        heads[lane] = ticket;
        if (head == null) {
            tails[lane] = ticket;
        } else {
            head.previous = ticket;
        }
        counted(ticket, 1);
    }

    void remove(Ticket ticket) {
        int lane = ticket.lane.ordinal();
        Ticket before = ticket.previous;
        Ticket after = ticket.next;
        if (before == null) {
            heads[lane] = after;
        } else {
            before.next = after;
        }
        if (after == null) {
            tails[lane] = before;
        } else {
            after.previous = before;
        }
        ticket.previous = null;
        ticket.next = null;
        counted(ticket, -1);
    }

    private void counted(Ticket ticket, int change) {
        ticket.queued = change > 0;
        counts[ticket.lane.ordinal()] += change;
        size += change;
    }

    /** Returns the call whose turn it is out of order, or null: one of those behind the most urgent, each lane in its turn. */
    @Nullable
    Ticket agedHead(long now) {
        if ((starts + 1) % AGED_SHARE != 0) {
            return null;
        }
        int aged = 0;
        for (int lane = firstLane() + 1; lane < ALL.length; lane++) {
            aged += isAged(heads[lane], now) ? 1 : 0;
        }
        int chosen = aged == 0 ? -1 : starts / AGED_SHARE % aged;
        for (int lane = firstLane() + 1; lane < ALL.length; lane++) {
            if (isAged(heads[lane], now) && chosen-- == 0) {
                return heads[lane];
            }
        }
        return null;
    }

    private int firstLane() {
        int lane = 0;
        while (lane < ALL.length - 1 && heads[lane] == null) {
            lane++;
        }
        return lane;
    }

    private static boolean isAged(@Nullable Ticket head, long now) {
        return head != null && now - head.since >= AGED;
    }

    void started() {
        starts++;
    }

    Map<Lane, Explanation.Waiting> waiting(long now) {
        Map<Lane, Explanation.Waiting> waiting = new EnumMap<>(Lane.class);
        for (Lane lane : ALL) {
            Ticket head = head(lane);
            long age = head == null ? 0 : now - head.since;
            waiting.put(lane, new Explanation.Waiting(size(lane), Duration.ofNanos(age)));
        }
        return waiting;
    }
}
