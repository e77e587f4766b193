package dev.steadymail.observability.micrometer;

import dev.steadymail.mail.Protocol;
import dev.steadymail.mail.Reach;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * What holds of accounts now, each until a moment after which it counts as over: an account that was closed tells nothing more.
 * {@value #MOST} are kept at most; one more is not counted until another is over. Thread-safe.
 */
final class Standing {
    static final int MOST = 10_000;

    private final LongSupplier millis;
    /** Guarded by itself. */
    private final Map<Key, Fact> facts = new HashMap<>();

    Standing(LongSupplier millis) {
        this.millis = millis;
    }

    void put(Key key, long value, long untilMillis) {
        synchronized (facts) {
            if (facts.size() >= MOST && !facts.containsKey(key)) {
                dropThoseOver();
            }
            if (facts.size() < MOST || facts.containsKey(key)) {
                facts.put(key, new Fact(value, untilMillis));
            }
        }
    }

    void remove(Key key) {
        synchronized (facts) {
            facts.remove(key);
        }
    }

    /** Returns the sum of what holds for all accounts of a protocol. */
    long sum(Protocol protocol, Reach reach) {
        long sum = 0;
        synchronized (facts) {
            dropThoseOver();
            for (Map.Entry<Key, Fact> each : facts.entrySet()) {
                Key key = each.getKey();
                if (key.protocol == protocol && key.reach == reach) {
                    sum += each.getValue().value;
                }
            }
        }
        return sum;
    }

    private void dropThoseOver() {
        long now = millis.getAsLong();
        Iterator<Fact> all = facts.values().iterator();
        while (all.hasNext()) {
            if (all.next().untilMillis < now) {
                all.remove();
            }
        }
    }

    /** Shows no account. */
    @Override
    public String toString() {
        return "Standing[hidden]";
    }

    /**
     * Of whom it holds.
     *
     * @param who an account, or the number of what accounts share
     */
    record Key(Object who, Protocol protocol, Reach reach) {
        /** Shows no account. */
        @Override
        public String toString() {
            return "Key[hidden]";
        }
    }

    private record Fact(long value, long untilMillis) {}
}
