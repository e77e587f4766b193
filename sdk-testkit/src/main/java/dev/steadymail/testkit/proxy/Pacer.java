package dev.steadymail.testkit.proxy;

/** Portions and pauses that keep to a number of octets in a second. Guarded by the loop's lock. */
final class Pacer {

    private static final long NANOS_PER_SECOND = 1_000_000_000;
    private static final int PORTIONS_PER_SECOND = 20;
    private static final long PORTION_NANOS = NANOS_PER_SECOND / PORTIONS_PER_SECOND;

    private final int bytesPerSecond;
    private long freeAt;

    Pacer(int bytesPerSecond, long now) {
        this.bytesPerSecond = bytesPerSecond;
        this.freeAt = now;
    }

    /** Returns when the next portion may go. */
    long freeAt() {
        return freeAt;
    }

    /** Returns the octets of a portion. */
    int portion() {
        return Math.max(1, bytesPerSecond / PORTIONS_PER_SECOND);
    }

    /** Time lost by waking late is made up for, up to a portion; a pause of the sender earns no more than that. */
    void spent(int bytes, long now) {
        long lost = Math.min(now - freeAt, PORTION_NANOS);
        freeAt = now - lost + bytes * NANOS_PER_SECOND / bytesPerSecond;
    }
}
