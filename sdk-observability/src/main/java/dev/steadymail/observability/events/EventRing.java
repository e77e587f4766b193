package dev.steadymail.observability.events;

import dev.steadymail.event.ClientEvent;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * A bounded ring of references for any number of threads on both sides. Nothing is allocated after it was made, and nobody waits for
 * anybody.
 *
 * <p>Positions only grow. Who puts claims the tail's position by compare-and-set, where its slot is empty, and fills the slot; who takes
 * claims the head's position, where its slot is full and lies before the tail, and empties the slot. A full slot before the tail can only
 * hold its own position's event: the position was claimed when the slot was empty. A thread that is held up between claim and filling holds
 * up those who take and, once around, those who put, who are told that there is no room. After D. Vyukov's bounded queue, with the slots
 * themselves in place of sequence numbers, which spares a cache line for each event.
 */
final class EventRing {
    /** What {@link #offer} answers where there is no room. */
    static final long FULL = -1;

    private static final VarHandle SLOT = MethodHandles.arrayElementVarHandle(ClientEvent[].class);
    private static final VarHandle COUNTER = MethodHandles.arrayElementVarHandle(long[].class);

    /** Longs between two counters, so that none shares a cache line, nor the line fetched with it, with another. */
    private static final int APART = 16;

    private static final int TAIL = APART;
    private static final int HEAD = 2 * APART;
    /** Where the head was when somebody who put looked last: it need not be asked while there is room by this. */
    private static final int HEAD_SEEN = 3 * APART;

    private final int capacity;
    private final int mask;
    private final @Nullable ClientEvent[] slots;
    private final long[] counters = new long[4 * APART];

    EventRing(int capacity) {
        this.capacity = capacity;
        int size = Integer.highestOneBit(Math.max(1, capacity - 1)) << 1;
        this.mask = size - 1;
        this.slots = new @Nullable ClientEvent[size];
    }

    /** Puts an event in, and returns its position, or {@link #FULL}. */
    long offer(ClientEvent event) {
        while (true) {
            long tail = (long) COUNTER.getVolatile(counters, TAIL);
            if (isFull(tail)) {
                return FULL;
            }
            int slot = (int) tail & mask;
            if (SLOT.getAcquire(slots, slot) != null) {
                if (tail == (long) COUNTER.getVolatile(counters, TAIL)) {
                    return FULL; // whoever took what lies there has yet to empty it
                }
            } else if (COUNTER.compareAndSet(counters, TAIL, tail, tail + 1)) {
                SLOT.setRelease(slots, slot, event);
                return tail;
            }
        }
    }

    private boolean isFull(long tail) {
        if (tail - (long) COUNTER.getOpaque(counters, HEAD_SEEN) < capacity) {
            return false;
        }
        long head = head();
        COUNTER.setOpaque(counters, HEAD_SEEN, head);
        return tail - head >= capacity;
    }

    /** Takes the event that has waited longest, or null where none is there yet. */
    @Nullable
    ClientEvent poll() {
        while (true) {
            long head = head();
            if (head >= tail()) {
                return null;
            }
            int slot = (int) head & mask;
            ClientEvent event = (ClientEvent) SLOT.getAcquire(slots, slot);
            if (event == null) {
                if (head == head()) {
                    return null; // claimed, and about to be filled
                }
            } else if (COUNTER.compareAndSet(counters, HEAD, head, head + 1)) {
                SLOT.setRelease(slots, slot, null);
                return event;
            }
        }
    }

    /** Returns whether the event that is next is there, and not only its place taken. */
    boolean isFilled() {
        long head = head();
        return head < tail() && SLOT.getAcquire(slots, (int) head & mask) != null;
    }

    /** Returns the position of the next event that is taken: how many were. */
    long head() {
        return (long) COUNTER.getVolatile(counters, HEAD);
    }

    /** Returns the position of the next event that comes: how many did. */
    long tail() {
        return (long) COUNTER.getVolatile(counters, TAIL);
    }

    /** Returns how many events wait. */
    long size() {
        long head = head();
        return Math.max(0, tail() - head);
    }
}
