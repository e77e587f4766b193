package dev.steadymail.testkit.guard;

/** Units in windows that follow each other. */
final class FixedUnits implements UnitWindow {
    private final long limit;
    private final long lengthNanos;
    private final long phaseNanos;
    private long window = Long.MIN_VALUE;
    private long used;
    private long peak;

    FixedUnits(long limit, long lengthNanos, long phaseNanos) {
        this.limit = limit;
        this.lengthNanos = lengthNanos;
        this.phaseNanos = phaseNanos;
    }

    @Override
    public boolean take(long nowNanos, int units) {
        long current = Math.floorDiv(nowNanos - phaseNanos, lengthNanos);
        if (current != window) {
            window = current;
            used = 0;
        }
        if (used + units > limit) {
            return false;
        }
        used += units;
        peak = Math.max(peak, used);
        return true;
    }

    @Override
    public long peak() {
        return peak;
    }
}
