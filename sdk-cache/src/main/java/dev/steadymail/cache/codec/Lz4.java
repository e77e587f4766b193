package dev.steadymail.cache.codec;

import java.util.Arrays;
import net.jpountz.lz4.LZ4Compressor;
import net.jpountz.lz4.LZ4Exception;
import net.jpountz.lz4.LZ4Factory;
import net.jpountz.lz4.LZ4SafeDecompressor;
import org.jspecify.annotations.Nullable;

/** LZ4's block format after four octets that tell how long the plain octets are. */
final class Lz4 {
    static final int NONE = 0;
    static final int KIND = 1;

    /** Below this a tenth is less than what it takes to find out. */
    static final int WORTH_TRYING = 256;

    /** Above this values stay as they are, so that nothing that claims more is ever made room for. */
    static final int MOST_PLAIN = 16 << 20;

    private static final int LENGTH_OCTETS = 4;

    /** What the format can make of one octet at most: each further octet of a match's length stands for 255. */
    private static final int MOST_PER_OCTET = 255;

    private static final LZ4Compressor COMPRESSOR = LZ4Factory.fastestInstance().fastCompressor();
    private static final LZ4SafeDecompressor DECOMPRESSOR =
            LZ4Factory.fastestInstance().safeDecompressor();

    private Lz4() {}

    /** Returns octets compressed, or null where that is not worth it: they must be a tenth shorter at least. */
    static byte @Nullable [] compress(byte[] plain) {
        if (plain.length < WORTH_TRYING || plain.length > MOST_PLAIN) {
            return null;
        }
        // Room for whatever comes out: that a compressor gives up costs more than the copy.
        byte[] into = new byte[LENGTH_OCTETS + COMPRESSOR.maxCompressedLength(plain.length)];
        int end = LENGTH_OCTETS
                + COMPRESSOR.compress(plain, 0, plain.length, into, LENGTH_OCTETS, into.length - LENGTH_OCTETS);
        if (end > plain.length - plain.length / 10) {
            return null;
        }
        for (int i = 0; i < LENGTH_OCTETS; i++) {
            into[i] = (byte) (plain.length >> (8 * i));
        }
        return Arrays.copyOf(into, end);
    }

    /**
     * Returns the plain octets.
     *
     * @throws DamagedValueException where there are none
     */
    static byte[] decompress(byte[] octets) {
        byte[] plain = new byte[plainLength(octets)];
        try {
            int length = DECOMPRESSOR.decompress(
                    octets, LENGTH_OCTETS, octets.length - LENGTH_OCTETS, plain, 0, plain.length);
            if (length == plain.length) {
                return plain;
            }
        } catch (LZ4Exception damaged) {
            throw new DamagedValueException("the compressed octets are damaged", damaged);
        }
        throw new DamagedValueException("the compressed octets are fewer than they claim");
    }

    private static int plainLength(byte[] octets) {
        if (octets.length <= LENGTH_OCTETS) {
            throw new DamagedValueException("the compressed octets end too early");
        }
        int length = 0;
        for (int i = 0; i < LENGTH_OCTETS; i++) {
            length |= (octets[i] & 0xFF) << (8 * i);
        }
        long possible = (long) (octets.length - LENGTH_OCTETS) * MOST_PER_OCTET;
        if (length < 0 || length > Math.min(possible, MOST_PLAIN)) {
            throw new DamagedValueException("the compressed octets claim to be more than they can be");
        }
        return length;
    }
}
