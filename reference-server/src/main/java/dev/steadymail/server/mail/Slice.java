package dev.steadymail.server.mail;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** Some octets out of a content whose length shows only at its end. Holds content; for one thread. */
final class Slice {
    private static final int BUFFER = 16 << 10;

    private final byte[] octets;
    private final long first;
    private final long total;

    private Slice(byte[] octets, long first, long total) {
        this.octets = octets;
        this.first = first;
        this.total = total;
    }

    /**
     * Reads a content to its end and keeps what was asked for.
     *
     * @param most octets that are kept; of a longer range only so many come back, as RFC 9110 section 15.3.7 allows
     */
    static Slice read(InputStream content, ByteRange range, int most) throws IOException {
        return range.isOfTheEnd() ? ofTheEnd(content, range.length(most)) : fromFirst(content, range, most);
    }

    private static Slice fromFirst(InputStream content, ByteRange range, int most) throws IOException {
        long skipped = drain(content, range.first());
        if (skipped < range.first()) {
            return new Slice(new byte[0], 0, skipped);
        }
        byte[] kept = content.readNBytes(range.length(most));
        return new Slice(kept, range.first(), skipped + kept.length + drain(content, Long.MAX_VALUE));
    }

    /** The last octets go round in a ring. */
    private static Slice ofTheEnd(InputStream content, int wanted) throws IOException {
        byte[] ring = new byte[wanted];
        byte[] buffer = new byte[BUFFER];
        long total = 0;
        for (int n = content.read(buffer); n >= 0; n = content.read(buffer)) {
            for (int i = Math.max(0, n - wanted); i < n; i++) {
                ring[(int) ((total + i) % wanted)] = buffer[i];
            }
            total += n;
        }
        int length = (int) Math.min(wanted, total);
        byte[] kept = new byte[length];
        for (int i = 0; i < length; i++) {
            kept[i] = ring[(int) ((total - length + i) % wanted)];
        }
        return new Slice(kept, total - length, total);
    }

    /** Reads so many octets, or to the end; returns how many there were. */
    private static long drain(InputStream content, long most) throws IOException {
        byte[] buffer = new byte[BUFFER];
        long read = 0;
        while (read < most) {
            int n = content.read(buffer, 0, (int) Math.min(BUFFER, most - read));
            if (n < 0) {
                break;
            }
            read += n;
        }
        return read;
    }

    /** Whether nothing of the range is there. */
    boolean isEmpty() {
        return octets.length == 0;
    }

    byte[] octets() {
        return Arrays.copyOf(octets, octets.length);
    }

    /** Returns the value of the header Content-Range. */
    String place() {
        return isEmpty() ? "bytes */" + total : "bytes " + first + "-" + (first + octets.length - 1) + "/" + total;
    }
}
