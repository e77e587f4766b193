package dev.steadymail.gmail.json;

import com.fasterxml.jackson.core.Base64Variant;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.JsonEOFException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Content that came as base64url text (RFC 4648 section 5, padded or not), decoded while it was read and kept in pieces: the text
 * is held nowhere, and no piece is copied to make room. Immutable once read.
 */
public final class Octets {
    public static final Octets EMPTY = new Octets(List.of(), 0);

    private static final Base64Variant BASE64URL = new Base64Variant(
                    "base64url",
                    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_",
                    true,
                    '=',
                    Integer.MAX_VALUE)
            .withPaddingAllowed();

    private final List<byte[]> pieces;
    private final long size;

    private Octets(List<byte[]> pieces, long size) {
        this.pieces = pieces;
        this.size = size;
    }

    /** Returns how many there are. */
    public long size() {
        return size;
    }

    /** Opens them; any number of times. */
    public InputStream open() {
        return switch (pieces.size()) {
            case 0 -> InputStream.nullInputStream();
            case 1 -> new ByteArrayInputStream(pieces.get(0));
            default ->
                new SequenceInputStream(Collections.enumeration(
                        pieces.stream().map(ByteArrayInputStream::new).toList()));
        };
    }

    /** Returns what a text decodes to, in either alphabet of RFC 4648; empty where it is not base64. */
    static Octets ofAnyAlphabet(String text) {
        try {
            byte[] octets = Base64.getUrlDecoder().decode(text.replace('+', '-').replace('/', '_'));
            return new Octets(List.of(octets), octets.length);
        } catch (IllegalArgumentException notBase64) {
            return EMPTY;
        }
    }

    static @Nullable Octets of(JsonParser json) throws IOException {
        if (json.currentToken() != JsonToken.VALUE_STRING) {
            return null;
        }
        Pieces pieces = new Pieces();
        try {
            json.readBinaryValue(BASE64URL, pieces);
        } catch (JsonEOFException cut) {
            throw cut;
        } catch (JsonParseException | IllegalArgumentException invalid) {
            throw new BadContentException("content is not base64url text");
        }
        return pieces.octets();
    }

    @Override
    public String toString() {
        return "Octets[" + size + "]";
    }

    /** Pieces that double in size up to a bound, so that small contents cost little and large ones few pieces. */
    private static final class Pieces extends OutputStream {
        private static final int FIRST = 4_096;
        private static final int LARGEST = 1 << 20;

        private final List<byte[]> full = new ArrayList<>(2);
        private byte[] piece = new byte[0];
        private int used;
        private long before;

        @Override
        public void write(int octet) {
            if (used == piece.length) {
                more();
            }
            piece[used++] = (byte) octet;
        }

        @Override
        public void write(byte[] octets, int offset, int length) {
            int from = offset;
            int left = length;
            while (left > 0) {
                if (used == piece.length) {
                    more();
                }
                int count = Math.min(left, piece.length - used);
                System.arraycopy(octets, from, piece, used, count);
                used += count;
                from += count;
                left -= count;
            }
        }

        private void more() {
            if (used > 0) {
                full.add(piece);
                before += used;
            }
            piece = new byte[Math.min(LARGEST, Math.max(FIRST, 2 * piece.length))];
            used = 0;
        }

        Octets octets() {
            if (used > 0) {
                full.add(used == piece.length ? piece : Arrays.copyOf(piece, used));
            }
            return new Octets(List.copyOf(full), before + used);
        }
    }
}
