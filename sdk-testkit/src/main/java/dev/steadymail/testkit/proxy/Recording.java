package dev.steadymail.testkit.proxy;

import java.nio.ByteBuffer;

/** The range of a {@link ProxyFault.Duplicate}, while it passes. Guarded by the loop's lock. */
final class Recording {

    private final ProxyFault.Duplicate fault;
    private final ByteBuffer range;

    Recording(ProxyFault.Duplicate fault) {
        this.fault = fault;
        this.range = ByteBuffer.allocate(fault.length());
    }

    ProxyFault.Duplicate fault() {
        return fault;
    }

    int missing() {
        return range.remaining();
    }

    void add(byte[] octets) {
        range.put(octets);
    }

    byte[] range() {
        return range.array();
    }
}
