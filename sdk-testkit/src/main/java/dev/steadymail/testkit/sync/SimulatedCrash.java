package dev.steadymail.testkit.sync;

/**
 * The process of a sync ends here, as by a kill. What a wrapper of a seam throws where it wants to die; the simulation opens another
 * process then, on the store as it was left.
 */
public final class SimulatedCrash extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Dies at a place that is named in the story of a failure. */
    public SimulatedCrash(String where) {
        super(where, null, false, false);
    }
}
