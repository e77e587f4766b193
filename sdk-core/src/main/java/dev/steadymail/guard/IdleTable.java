package dev.steadymail.guard;

import java.util.HashMap;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Values by key that are forgotten once they are idle. Not thread-safe.
 *
 * <p>Each key waits in a queue for the time at which its value may be idle. Each look takes a bounded number of keys, more than one
 * call can add, so that no call pays for many; nothing is looked at while nobody calls, and no timer is needed.
 */
final class IdleTable<V extends IdleTable.Kept> {
    private static final int LOOKS = 32;

    private final int most;
    private final Map<String, V> values = new HashMap<>();
    private final Queue<Look> looks = new PriorityQueue<>((one, other) -> Long.compare(one.at - other.at, 0));

    IdleTable(int most) {
        this.most = most;
    }

    @Nullable
    V find(String key) {
        return values.get(key);
    }

    boolean hasRoomFor(long newKeys) {
        return values.size() + newKeys <= most;
    }

    V findOrMake(String key, long now, Supplier<V> maker) {
        V known = values.get(key);
        if (known != null) {
            return known;
        }
        V made = maker.get();
        values.put(key, made);
        looks.add(new Look(now, key));
        return made;
    }

    void forgetIdle(long now) {
        for (int count = 0; count < LOOKS && isDue(now); count++) {
            look(looks.remove().key, now);
        }
    }

    int size() {
        return values.size();
    }

    private boolean isDue(long now) {
        Look next = looks.peek();
        return next != null && next.at - now <= 0;
    }

    private void look(String key, long now) {
        V value = values.get(key);
        if (value == null || value.isIdle(now)) {
            values.remove(key);
        } else {
            looks.add(new Look(value.nextLook(now), key));
        }
    }

    /** A value that can be forgotten. Times are the ticker's. */
    interface Kept {
        boolean isIdle(long now);

        /** Returns when it is idle at the latest if nothing happens to it. */
        long nextLook(long now);
    }

    private record Look(long at, String key) {}
}
