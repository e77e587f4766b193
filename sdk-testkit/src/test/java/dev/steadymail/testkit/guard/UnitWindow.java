package dev.steadymail.testkit.guard;

import java.time.Duration;

/** A provider's count of units in a window. */
interface UnitWindow {
    /** Charges units at a time, which never goes back; answers false, and charges nothing, where there is no room. */
    boolean take(long nowNanos, int units);

    /** Returns the most that one window ever held. */
    long peak();

    /** How a provider counts. */
    enum Kind {
        /** One window after the other. */
        FIXED,
        /** Every stretch of the window's length, wherever it begins. */
        SLIDING;

        /** Opens an empty window; a fixed one begins at {@code phaseNanos} and at every length from there. */
        UnitWindow open(long units, Duration length, long phaseNanos) {
            return switch (this) {
                case FIXED -> new FixedUnits(units, length.toNanos(), phaseNanos);
                case SLIDING -> new SlidingUnits(units, length.toNanos());
            };
        }
    }
}
