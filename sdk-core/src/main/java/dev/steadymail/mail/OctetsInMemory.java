package dev.steadymail.mail;

import java.io.ByteArrayInputStream;
import java.io.InputStream;

/** A message in memory. */
final class OctetsInMemory implements RawContent {
    private final byte[] octets;

    OctetsInMemory(byte[] octets) {
        this.octets = octets;
    }

    @Override
    public long size() {
        return octets.length;
    }

    @Override
    public InputStream open() {
        return new ByteArrayInputStream(octets);
    }

    @Override
    public String toString() {
        return "RawContent[" + octets.length + " octets]";
    }
}
