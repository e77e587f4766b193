package dev.steadymail.testkit.simulation;

/** A fingerprint of all that happened, in order. Belongs to one thread. */
final class Trace {
    private static final long ODD = 0x9E3779B97F4A7C15L;

    private long hash = ODD;

    void add(long fact) {
        long mixed = (hash ^ fact) * ODD;
        hash = Long.rotateLeft(mixed, 29) + fact;
    }

    long hash() {
        return Choices.mix(hash);
    }
}
