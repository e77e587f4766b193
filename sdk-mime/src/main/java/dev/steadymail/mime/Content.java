package dev.steadymail.mime;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** Decoded octets of one part, in pieces, so that none is copied while they come. Immutable once read. */
final class Content {
    static final Content EMPTY = new Content(List.of(), 0, false);

    private static final int LARGEST_PIECE = 1 << 16;
    private static final int FIRST_PIECE = 1 << 10;

    private final List<byte[]> pieces;
    private final long size;
    private final boolean cut;

    private Content(List<byte[]> pieces, long size, boolean cut) {
        this.pieces = pieces;
        this.size = size;
        this.cut = cut;
    }

    /**
     * Reads a part to its end.
     *
     * @param room the most octets to keep; the others are read and dropped
     */
    static Content read(InputStream decoded, long room) throws IOException {
        List<byte[]> pieces = new ArrayList<>();
        int length = FIRST_PIECE;
        long size = 0;
        while (size < room) {
            byte[] piece = new byte[(int) Math.min(length, room - size)];
            int read = decoded.readNBytes(piece, 0, piece.length);
            if (read > 0) {
                pieces.add(read == piece.length ? piece : Arrays.copyOf(piece, read));
                size += read;
            }
            if (read < piece.length) {
                return new Content(pieces, size, false);
            }
            length = Math.min(LARGEST_PIECE, 2 * length);
        }
        return new Content(pieces, size, drop(decoded));
    }

    private static boolean drop(InputStream rest) throws IOException {
        byte[] buffer = new byte[FIRST_PIECE];
        boolean any = false;
        while (rest.read(buffer) >= 0) {
            any = true;
        }
        return any;
    }

    long size() {
        return size;
    }

    boolean isCut() {
        return cut;
    }

    InputStream open() {
        return new SequenceInputStream(Collections.enumeration(
                pieces.stream().map(ByteArrayInputStream::new).toList()));
    }

    byte[] octets() {
        byte[] all = new byte[(int) size];
        int at = 0;
        for (byte[] piece : pieces) {
            System.arraycopy(piece, 0, all, at, piece.length);
            at += piece.length;
        }
        return all;
    }
}
