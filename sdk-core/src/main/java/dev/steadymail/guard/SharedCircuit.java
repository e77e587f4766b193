package dev.steadymail.guard;

import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Until when one scope is left alone, for each cause by itself. Times are the ticker's. Not thread-safe. */
final class SharedCircuit implements IdleTable.Kept {
    private final Map<CircuitCause, Long> ends = new EnumMap<>(CircuitCause.class);

    /** Returns whether {@code end} is later than what was known. */
    boolean extend(CircuitCause cause, long end, long now) {
        boolean longer = end - now > left(cause, now);
        if (longer) {
            ends.put(cause, end);
        }
        return longer;
    }

    /** Returns whether there was something to close. */
    boolean close(CircuitCause cause, long now) {
        boolean wasOpen = left(cause, now) > 0;
        ends.remove(cause);
        return wasOpen;
    }

    /** Returns the cause that ends last, the provider's word first where two end at once; null where the circuit is closed. */
    @Nullable
    CircuitCause longest(long now) {
        if (isIdle(now)) {
            return null;
        }
        boolean throttled = left(CircuitCause.THROTTLED, now) >= left(CircuitCause.FAILING, now);
        return throttled ? CircuitCause.THROTTLED : CircuitCause.FAILING;
    }

    /** Returns nanoseconds, 0 where the circuit is not open for that cause. */
    long left(CircuitCause cause, long now) {
        Long end = ends.get(cause);
        return end == null ? 0 : Math.max(0, end - now);
    }

    @Override
    public boolean isIdle(long now) {
        return left(CircuitCause.THROTTLED, now) == 0 && left(CircuitCause.FAILING, now) == 0;
    }

    @Override
    public long nextLook(long now) {
        return now + Math.max(left(CircuitCause.THROTTLED, now), left(CircuitCause.FAILING, now));
    }
}
