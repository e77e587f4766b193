package dev.steadymail.cache;

/** Time that passes when it is told to. */
final class ManualClock implements WorldTime {
    private long now = 1_000_000_000_000L;

    @Override
    public long nanos() {
        return now;
    }

    @Override
    public void pass(long nanos) {
        now += nanos;
    }
}
