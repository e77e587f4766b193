package dev.steadymail.cache.codec;

import java.util.Arrays;

/**
 * Makes octets ready to leave this process, and takes them back: compressed where that pays (LZ4, for which {@code at.yawk.lz4:lz4-java} must
 * be on the class path), and sealed by AES-256-GCM together with the name they are kept under, so that a value that was changed, or put
 * under another name, is not taken for good. How long a value is, and so how well it compresses, still shows. Immutable and thread-safe.
 *
 * <p>Two octets come first: version and compression, then the number of the key, zero for none.
 */
public final class ValueSealer {
    static final int HEAD_OCTETS = 2;
    static final int VERSION = 1;

    private final Wrapping wrapping;

    private ValueSealer(Wrapping wrapping) {
        this.wrapping = wrapping;
    }

    /** What is around the compressed octets. */
    interface Wrapping {
        /** Returns the number of the key it closes with, zero for none. */
        int keyNumber();

        byte[] close(byte[] head, byte[] content, byte[] name);

        byte[] open(byte[] head, byte[] sealed, byte[] name);
    }

    /** Returns a sealer that encrypts. */
    public static ValueSealer encrypted(ContentKeys keys) {
        return new ValueSealer(new AesGcm(keys));
    }

    /**
     * Returns a sealer that does not encrypt: whoever can read the cache reads the mail in it, and whoever can write there can change it. A
     * checksum finds damage, not intent.
     */
    public static ValueSealer unencrypted() {
        return new ValueSealer(new Checked());
    }

    /**
     * Returns octets as they may leave.
     *
     * @param name what they are kept under
     */
    public byte[] seal(byte[] plain, byte[] name) {
        byte[] compressed = Lz4.compress(plain);
        return compressed == null
                ? wrapping.close(head(Lz4.NONE), plain, name)
                : wrapping.close(head(Lz4.KIND), compressed, name);
    }

    private byte[] head(int compression) {
        return new byte[] {(byte) ((VERSION << 4) | compression), (byte) wrapping.keyNumber()};
    }

    /**
     * Returns what was sealed under this name.
     *
     * @throws DamagedValueException where it was not, is damaged, or was sealed by another version or another key than those at hand
     */
    public byte[] open(byte[] sealed, byte[] name) {
        if (sealed.length < HEAD_OCTETS) {
            throw new DamagedValueException("the sealed value ends too early");
        }
        int version = (sealed[0] & 0xFF) >> 4;
        if (version != VERSION) {
            throw new DamagedValueException("the sealed value has version " + version + ", not " + VERSION);
        }
        int compression = sealed[0] & 0xF;
        if (compression != Lz4.NONE && compression != Lz4.KIND) {
            throw new DamagedValueException("there is no compression " + compression);
        }
        byte[] content = wrapping.open(Arrays.copyOf(sealed, HEAD_OCTETS), sealed, name);
        return compression == Lz4.KIND ? Lz4.decompress(content) : content;
    }
}
