package dev.steadymail.mime.write;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Octets in memory, up to a number of them. Not thread-safe. */
final class BoundedOctets extends OutputStream {
    private final ByteArrayOutputStream octets = new ByteArrayOutputStream();
    private final int most;
    private boolean full;

    BoundedOctets(int most) {
        this.most = most;
    }

    @Override
    public void write(int octet) throws IOException {
        requireRoom(1);
        octets.write(octet);
    }

    @Override
    public void write(byte[] from, int offset, int length) throws IOException {
        requireRoom(length);
        octets.write(from, offset, length);
    }

    private void requireRoom(int more) throws IOException {
        if (more > most - octets.size()) {
            full = true;
            throw new IOException("more than " + most + " octets");
        }
    }

    /** Returns whether more was written than may be. */
    boolean isFull() {
        return full;
    }

    byte[] toByteArray() {
        return octets.toByteArray();
    }
}
