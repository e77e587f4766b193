package dev.steadymail.testkit.simulation;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What will happen, by time, then by the order in which it was set. Belongs to the thread that made it.
 *
 * <p>A binary heap in plain arrays: comparing two events touches no object. A cancelled event stays where it is until it comes up,
 * or until such events are the larger half and are swept out at once; so a cancel costs the same however many events wait, and the
 * heap is never more than twice what it must be. Times and orders are unique pairs, so sweeping cannot change what comes next.
 */
final class EventQueue {
    static final long NEVER = Long.MAX_VALUE;

    private static final int LEAST_SWEEP = 64;

    private final Thread owner = Thread.currentThread();
    private long[] times = new long[LEAST_SWEEP];
    private long[] orders = new long[LEAST_SWEEP];
    private @Nullable Event[] events = new Event[LEAST_SWEEP];
    private int size;
    private int cancelled;
    private long lastOrder;

    Event add(long atNanos, Runnable task) {
        checkThread();
        if (size == times.length) {
            grow();
        }
        Event event = new Event(this, task);
        size++;
        siftUp(size - 1, atNanos, ++lastOrder, event);
        return event;
    }

    /** Returns when the next event is due, or {@link #NEVER}. */
    long nextAt() {
        while (size > 0 && top().isCancelled()) {
            removeTop();
            cancelled--;
        }
        return size == 0 ? NEVER : times[0];
    }

    /** Returns which event in the order of setting is next; asked after {@link #nextAt} only. */
    long nextOrder() {
        return orders[0];
    }

    /** Takes the next event; asked after {@link #nextAt} only. */
    Event take() {
        Event next = top();
        removeTop();
        return next;
    }

    /** Returns how many events the heap holds, cancelled ones included. */
    int held() {
        return size;
    }

    /** Returns how many events will happen. */
    int waiting() {
        return size - cancelled;
    }

    void cancelled() {
        cancelled++;
        if (cancelled > size / 2 && size >= LEAST_SWEEP) {
            sweep();
        }
    }

    void checkThread() {
        if (Thread.currentThread() != owner) {
            throw new IllegalStateException("a simulation belongs to thread " + owner.getName() + ", but "
                    + Thread.currentThread().getName() + " sets its timers; give it nothing that uses threads");
        }
    }

    private Event top() {
        return at(0);
    }

    private Event at(int index) {
        Event event = events[index];
        if (event == null) {
            throw new IllegalStateException("no event at " + index + " of " + size);
        }
        return event;
    }

    private void removeTop() {
        size--;
        Event last = at(size);
        events[size] = null;
        if (size > 0) {
            siftDown(0, times[size], orders[size], last);
        }
    }

    private void sweep() {
        int kept = 0;
        for (int i = 0; i < size; i++) {
            Event event = at(i);
            if (!event.isCancelled()) {
                put(kept++, times[i], orders[i], event);
            }
        }
        Arrays.fill(events, kept, size, null);
        size = kept;
        cancelled = 0;
        for (int i = size / 2 - 1; i >= 0; i--) {
            siftDown(i, times[i], orders[i], at(i));
        }
    }

    private void siftUp(int from, long time, long order, Event event) {
        int hole = from;
        while (hole > 0) {
            int parent = (hole - 1) >>> 1;
            if (!isBefore(time, order, parent)) {
                break;
            }
            move(parent, hole);
            hole = parent;
        }
        put(hole, time, order, event);
    }

    private void siftDown(int from, long time, long order, Event event) {
        int hole = from;
        for (int child = 2 * hole + 1; child < size; child = 2 * hole + 1) {
            int right = child + 1;
            int least = right < size && isBefore(times[right], orders[right], child) ? right : child;
            if (isBefore(time, order, least)) {
                break;
            }
            move(least, hole);
            hole = least;
        }
        put(hole, time, order, event);
    }

    private boolean isBefore(long time, long order, int index) {
        return time < times[index] || (time == times[index] && order < orders[index]);
    }

    private void move(int from, int to) {
        times[to] = times[from];
        orders[to] = orders[from];
        events[to] = events[from];
    }

    private void put(int index, long time, long order, Event event) {
        times[index] = time;
        orders[index] = order;
        events[index] = event;
    }

    private void grow() {
        int larger = Math.multiplyExact(times.length, 2);
        times = Arrays.copyOf(times, larger);
        orders = Arrays.copyOf(orders, larger);
        events = Arrays.copyOf(events, larger);
    }
}
