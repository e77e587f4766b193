package dev.steadymail.testkit.simulation;

import java.util.random.RandomGenerator;

/**
 * One stream of chance, and a note of each draw in the trace. Belongs to one thread.
 *
 * <p>SplitMix64 (Steele, Lea, Flood: "Fast splittable pseudorandom number generators", 2014), written out here so that a seed means
 * the same on every JDK; a stream costs 24 bytes, so that each of thousands of accounts can have its own.
 */
final class Choices implements RandomGenerator {
    private static final long GAMMA = 0x9E3779B97F4A7C15L;
    private static final long FNV_BASIS = 0xCBF29CE484222325L;
    private static final long FNV_PRIME = 0x100000001B3L;

    private final Trace trace;
    private long state;

    /** Starts the stream of a name: streams of other names and other seeds have nothing in common with it. */
    Choices(Trace trace, long seed, String name) {
        this.trace = trace;
        this.state = mix(mix(seed) + hash(name));
    }

    @Override
    public long nextLong() {
        state += GAMMA;
        long drawn = mix(state);
        trace.add(drawn);
        return drawn;
    }

    static long mix(long bits) {
        long mixed = (bits ^ (bits >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return mixed ^ (mixed >>> 31);
    }

    /** FNV-1a over the characters: 64 bits, since 32 would give two of some ten thousand names the same stream. */
    private static long hash(String name) {
        long hash = FNV_BASIS;
        for (int i = 0; i < name.length(); i++) {
            hash = (hash ^ name.charAt(i)) * FNV_PRIME;
        }
        return hash;
    }
}
