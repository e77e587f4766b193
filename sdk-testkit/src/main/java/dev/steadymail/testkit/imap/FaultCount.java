package dev.steadymail.testkit.imap;

/**
 * When and how often a fault acts.
 *
 * @param skip occasions that pass unharmed first, at least 0
 * @param times occasions on which the fault acts after that, at least 1
 */
public record FaultCount(int skip, int times) {

    public FaultCount {
        if (skip < 0) {
            throw new IllegalArgumentException("skip must be at least 0, was " + skip);
        }
        if (times < 1) {
            throw new IllegalArgumentException("times must be at least 1, was " + times);
        }
    }

    /** Acts on the next occasion only. */
    public static FaultCount once() {
        return new FaultCount(0, 1);
    }

    /** Acts on the next {@code times} occasions. */
    public static FaultCount times(int times) {
        return new FaultCount(0, times);
    }

    /** Acts on every occasion until the faults are cleared. */
    public static FaultCount always() {
        return new FaultCount(0, Integer.MAX_VALUE);
    }

    /** Returns the same count, beginning after {@code skip} occasions. */
    public FaultCount after(int skip) {
        return new FaultCount(skip, times);
    }
}
