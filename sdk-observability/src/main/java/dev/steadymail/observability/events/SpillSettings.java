package dev.steadymail.observability.events;

import java.nio.file.Path;

/**
 * Where batches wait on disk that could not be delivered. Immutable.
 *
 * @param folder a folder of its own, made where missing, that one process uses at a time and nobody but its owner can read
 * @param maxOctets how large all files together may get, 1 MiB to 1 GiB; the oldest batches give way
 */
public record SpillSettings(Path folder, long maxOctets) {
    private static final long MIB = 1 << 20;
    private static final long LEAST = MIB;
    private static final long MOST = 1_024 * MIB;
    private static final long USUAL = 16 * MIB;

    public SpillSettings {
        if (maxOctets < LEAST || maxOctets > MOST) {
            throw new IllegalArgumentException("maxOctets must be between 1 MiB and 1 GiB, was " + maxOctets);
        }
    }

    /** Returns settings for a folder with 16 MiB at most. */
    public static SpillSettings in(Path folder) {
        return new SpillSettings(folder, USUAL);
    }

    /** Shows no path, which may name a person. */
    @Override
    public String toString() {
        return "SpillSettings[at most " + maxOctets + " octets]";
    }
}
