package dev.steadymail.testkit.proxy;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Octets or an end on the way to a receiver.
 *
 * @param dueNanos time before which it does not go
 * @param octets what is left to write
 * @param ending what happens then; null if nothing does
 */
record Parcel(long dueNanos, ByteBuffer octets, @Nullable Ending ending) {

    /** Room that a parcel takes besides its octets, so that many small ones are bounded too. */
    static final int OVERHEAD = 64;

    Parcel dueAt(long nanos) {
        return new Parcel(nanos, octets, ending);
    }

    int cost() {
        return OVERHEAD + octets.remaining();
    }
}
