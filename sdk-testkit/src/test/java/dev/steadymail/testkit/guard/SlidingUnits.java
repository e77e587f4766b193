package dev.steadymail.testkit.guard;

import java.util.Arrays;

/** Units in every stretch of a length, to the nanosecond: each charge is remembered until it has left every window. */
final class SlidingUnits implements UnitWindow {
    private final long limit;
    private final long lengthNanos;
    private long[] times = new long[16];
    private int[] units = new int[16];
    private int first;
    private int count;
    private long used;
    private long peak;

    SlidingUnits(long limit, long lengthNanos) {
        this.limit = limit;
        this.lengthNanos = lengthNanos;
    }

    @Override
    public boolean take(long nowNanos, int charged) {
        forget(nowNanos - lengthNanos);
        if (used + charged > limit) {
            return false;
        }
        remember(nowNanos, charged);
        peak = Math.max(peak, used);
        return true;
    }

    @Override
    public long peak() {
        return peak;
    }

    private void forget(long untilNanos) {
        while (count > 0 && times[first] <= untilNanos) {
            used -= units[first];
            first = (first + 1) & (times.length - 1);
            count--;
        }
    }

    private void remember(long nowNanos, int charged) {
        if (count == times.length) {
            grow();
        }
        int last = (first + count) & (times.length - 1);
        times[last] = nowNanos;
        units[last] = charged;
        count++;
        used += charged;
    }

    private void grow() {
        int size = times.length;
        long[] oldTimes = times;
        int[] oldUnits = units;
        times = Arrays.copyOf(oldTimes, 2 * size);
        units = Arrays.copyOf(oldUnits, 2 * size);
        for (int i = 0; i < size; i++) {
            times[i] = oldTimes[(first + i) & (size - 1)];
            units[i] = oldUnits[(first + i) & (size - 1)];
        }
        first = 0;
    }
}
