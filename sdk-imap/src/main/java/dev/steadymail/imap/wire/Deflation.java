package dev.steadymail.imap.wire;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/**
 * COMPRESS=DEFLATE (RFC 4978) on a link: raw deflate (RFC 1951) both ways, each write flushed. Holds native memory until {@link #end}.
 * Confined to the link's I/O thread.
 */
final class Deflation {
    /** Mail shrinks to a fifth; what grows more than this is made to fill our memory. */
    private static final long MOST_RATIO = 100;
    /** Octets that are free of the ratio, since a short text may shrink more. */
    private static final long FREE = 64 << 10;

    private static final int CHUNK = 8 << 10;
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final Link link;
    private final Inflater inflater = new Inflater(true);
    private final Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
    private @Nullable ByteBuffer unwanted;
    private boolean unfinished;
    private boolean ended;

    Deflation(Link link) {
        this.link = link;
    }

    /** Takes compressed octets, as long as their content is wanted; what is left in the buffer comes again. */
    void inflate(ByteBuffer octets) {
        if (!proceed()) {
            return;
        }
        try {
            inflater.setInput(octets);
            drain();
        } catch (DataFormatException malformed) {
            link.close(BrokenProtocolException.of("the server's compressed data cannot be understood"));
        } finally {
            if (!ended) {
                // The buffer is lent.
                inflater.setInput(NOTHING.duplicate());
            }
        }
    }

    /** Hands on what was not wanted before; answers whether all of it is now. */
    boolean proceed() {
        ByteBuffer kept = unwanted;
        if (kept != null) {
            handOn(kept);
            if (kept.hasRemaining()) {
                return false;
            }
            unwanted = null;
        }
        if (unfinished) {
            unfinished = false;
            inflate(NOTHING.duplicate());
        }
        return !unfinished && unwanted == null;
    }

    private void drain() throws DataFormatException {
        int count = 1;
        while (count > 0 && !ended) {
            if (link.isPaused() || unwanted != null) {
                unfinished = true;
                return;
            }
            ByteBuffer plain = link.loop().inflated.clear();
            count = inflater.inflate(plain);
            requireRatio();
            deliver(plain.flip());
        }
        if (!ended && (inflater.finished() || inflater.needsDictionary())) {
            link.close(new EOFException("the server ended the compression"));
        }
    }

    private void requireRatio() {
        if (!ended && inflater.getBytesWritten() > FREE + MOST_RATIO * inflater.getBytesRead()) {
            link.close(BrokenProtocolException.tooLarge(
                    new IOException("the server's data grows more than " + MOST_RATIO + " times when inflated")));
        }
    }

    private void deliver(ByteBuffer plain) {
        if (ended || !plain.hasRemaining()) {
            return;
        }
        handOn(plain);
        if (!ended && plain.hasRemaining()) {
            unwanted = ByteBuffer.allocate(plain.remaining()).put(plain).flip();
        }
    }

    private void handOn(ByteBuffer plain) {
        if (!ended && !link.isPaused()) {
            link.handOn(plain);
        }
    }

    /** Compresses octets, so that the peer can read all of them at once. */
    ByteBuffer deflate(ByteBuffer octets) {
        deflater.setInput(octets);
        ByteBuffer deflated = ByteBuffer.allocate(Math.min(CHUNK, octets.remaining() + 64));
        int count = deflater.deflate(deflated, Deflater.SYNC_FLUSH);
        while (count > 0 && !deflated.hasRemaining()) {
            deflated = ByteBuffer.allocate(2 * deflated.capacity()).put(deflated.flip());
            count = deflater.deflate(deflated, Deflater.SYNC_FLUSH);
        }
        return deflated.flip();
    }

    /** Gives the native memory back. */
    void end() {
        ended = true;
        inflater.end();
        deflater.end();
        unwanted = null;
    }
}
