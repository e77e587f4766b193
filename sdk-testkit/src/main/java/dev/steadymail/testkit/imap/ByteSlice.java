package dev.steadymail.testkit.imap;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** A range of a byte array that is never written to. */
final class ByteSlice {

    private final byte[] array;
    private final int from;
    private final int to;

    ByteSlice(byte[] array, int from, int to) {
        this.array = array;
        this.from = from;
        this.to = Math.max(from, to);
    }

    static ByteSlice of(byte[] array) {
        return new ByteSlice(array, 0, array.length);
    }

    int length() {
        return to - from;
    }

    byte at(int index) {
        return array[from + index];
    }

    /** Returns bytes {@code start} to {@code end} of this slice, both cut to its length. */
    ByteSlice part(long start, long end) {
        int first = (int) Math.min(start, length());
        int last = (int) Math.min(end, length());
        return new ByteSlice(array, from + first, from + last);
    }

    /** Returns the index after the next line feed at or after {@code index}, or the length if there is none. */
    int lineEnd(int index) {
        int end = index;
        while (end < length() && at(end) != '\n') {
            end++;
        }
        return Math.min(end + 1, length());
    }

    int lineCount() {
        int lines = 0;
        for (int at = 0; at < length(); at = lineEnd(at)) {
            lines++;
        }
        return lines;
    }

    /** Returns the text with one character for each byte, so that nothing is lost. */
    String latin1() {
        return new String(array, from, length(), StandardCharsets.ISO_8859_1);
    }

    byte[] toBytes() {
        byte[] copy = new byte[length()];
        System.arraycopy(array, from, copy, 0, copy.length);
        return copy;
    }

    void writeTo(ByteArrayOutputStream out) {
        out.write(array, from, length());
    }
}
