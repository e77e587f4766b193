package dev.steadymail.testkit.conformance;

import dev.steadymail.guard.SharedLimits;
import java.time.Duration;
import java.time.Instant;

/** One store of shared limits, empty at first, for one test. Used by one thread at a time. */
public interface SharedLimitsFixture extends AutoCloseable {
    /** Opens one more handle onto the store, as one more process does; the fixture closes it. */
    SharedLimits open();

    /** Returns the time by the clock of the processes. */
    Instant now();

    /** Lets that much time pass, for the store and for the clock: moved by hand, or waited for. */
    void pass(Duration time);

    /**
     * Returns how far the store's times may be from the clock's, its rounding and the way there and back included: 1 ns where time
     * is moved by hand, at most 50 ms.
     */
    Duration precision();

    /** Removes the store; fails unchecked only. */
    @Override
    void close();
}
