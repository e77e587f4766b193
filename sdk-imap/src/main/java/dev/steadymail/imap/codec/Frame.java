package dev.steadymail.imap.codec;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The octets of one response, without those of streamed literals, whose places are remembered. Grows up to a bound; used again for
 * the next response. Not thread-safe.
 */
final class Frame {
    private static final int FIRST = 512;
    /** A larger one is let go after its response: an idle connection keeps little. */
    private static final int KEPT = 4096;

    private static final byte[] NONE = {};
    private static final int[] NO_PLACES = {};

    byte[] octets = NONE;
    int length;
    private int[] streamed = {};
    private int streamedCount;

    void clear() {
        length = 0;
        streamedCount = 0;
        if (octets.length > KEPT) {
            octets = new byte[FIRST];
        }
        if (streamed.length > FIRST) {
            streamed = new int[0];
        }
    }

    /** Lets go of all memory. */
    void release() {
        octets = NONE;
        streamed = NO_PLACES;
    }

    /** Takes so many octets out of a buffer. */
    void append(ByteBuffer from, int count) {
        reserve(count);
        from.get(octets, length, count);
        length += count;
    }

    /** Takes a copy of the end of another frame. */
    void appendEnd(Frame other, int most) {
        int count = Math.min(most, other.length);
        reserve(count);
        System.arraycopy(other.octets, other.length - count, octets, length, count);
        length += count;
    }

    /** Forgets all but the end. */
    void keepEnd(int most) {
        int count = Math.min(most, length);
        System.arraycopy(octets, length - count, octets, 0, count);
        length = count;
    }

    private void reserve(int count) {
        if (length + count > octets.length) {
            octets = Arrays.copyOf(
                    octets, Math.max(FIRST, Math.max(length + count, octets.length + (octets.length >> 1))));
        }
    }

    /** Says that the literal whose octets would follow here was streamed. */
    void markStreamed() {
        if (streamedCount == streamed.length) {
            streamed = Arrays.copyOf(streamed, Math.max(4, 2 * streamedCount));
        }
        streamed[streamedCount++] = length;
    }

    boolean isStreamed(int at) {
        return Arrays.binarySearch(streamed, 0, streamedCount, at) >= 0;
    }
}
