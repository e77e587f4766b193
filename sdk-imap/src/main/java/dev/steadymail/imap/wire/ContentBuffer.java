package dev.steadymail.imap.wire;

import dev.steadymail.imap.codec.LiteralSink;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * Collects the octets of a literal. That a long one is announced is no reason yet to make room for all of it: this comes with the
 * first 64 KiB, so that a lie costs a hostile server something, too.
 */
final class ContentBuffer implements LiteralSink {
    private static final int AT_ONCE = 256 << 10;
    private static final int FIRST = 64 << 10;

    private final int size;
    private final Consumer<byte[]> whole;
    private byte[] octets;
    private int length;

    ContentBuffer(int size, Consumer<byte[]> whole) {
        this.size = size;
        this.whole = whole;
        this.octets = new byte[size <= AT_ONCE ? size : FIRST];
    }

    @Override
    public void accept(ByteBuffer from) {
        while (from.hasRemaining()) {
            if (length == octets.length) {
                octets = Arrays.copyOf(octets, size);
            }
            int some = Math.min(from.remaining(), octets.length - length);
            from.get(octets, length, some);
            length += some;
        }
    }

    @Override
    public void end() {
        whole.accept(octets);
    }
}
