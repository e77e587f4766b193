package dev.steadymail.testkit.gmail;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** Bounded reading of bodies, packed or not. */
final class Gzip {
    /** The most bytes that one request body may have, packed or unpacked. */
    static final int MAX_BODY_BYTES = 64 * 1024 * 1024;

    private Gzip() {}

    static byte[] unpack(byte[] packed) {
        if (packed.length == 0) {
            return packed;
        }
        try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(packed))) {
            return readBounded(in);
        } catch (IOException broken) {
            throw ApiException.invalid("The request body is not valid gzip");
        }
    }

    static byte[] pack(byte[] plain) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream(plain.length / 2 + 64);
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(plain);
        } catch (IOException impossible) {
            throw new UncheckedIOException("writing to memory failed", impossible);
        }
        return packed.toByteArray();
    }

    /** Returns a JSON answer that unpacks to so many bytes, up to a gigabyte in a megabyte. */
    static Reply bomb(int unpackedBytes) {
        byte[] block = new byte[8 * 1024];
        Arrays.fill(block, (byte) ' ');
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write('{');
            for (int left = unpackedBytes - 2; left > 0; left -= block.length) {
                out.write(block, 0, Math.min(left, block.length));
            }
            out.write('}');
        } catch (IOException impossible) {
            throw new UncheckedIOException("writing to memory failed", impossible);
        }
        return Reply.of(200, "application/json; charset=UTF-8", packed.toByteArray())
                .with(Map.of("Content-Encoding", "gzip"));
    }

    static byte[] readBounded(InputStream in) throws IOException {
        byte[] bytes = in.readNBytes(MAX_BODY_BYTES + 1);
        if (bytes.length > MAX_BODY_BYTES) {
            throw ApiException.tooLarge(MAX_BODY_BYTES);
        }
        return bytes;
    }
}
