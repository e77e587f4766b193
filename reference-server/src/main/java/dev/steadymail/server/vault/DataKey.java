package dev.steadymail.server.vault;

import com.google.crypto.tink.AccessesPartialKey;
import com.google.crypto.tink.Aead;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.aead.AesGcmParameters.Variant;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.UUID;

/**
 * A key of one organisation, ready for use. A value under it is a byte for the version, 8 bytes for the key's id, 12 bytes of nonce, the
 * ciphertext, and a tag of 16 bytes; all that is not in the ciphertext is associated data, with the place. Thread-safe.
 */
final class DataKey {
    static final byte VERSION = 2;
    static final int HEAD_BYTES = 1 + Long.BYTES;

    private final UUID organisation;
    private final long id;
    private final Aead aead;

    private DataKey(UUID organisation, long id, Aead aead) {
        this.organisation = organisation;
        this.id = id;
        this.aead = aead;
    }

    @AccessesPartialKey
    static DataKey of(UUID organisation, long id, byte[] key) {
        try {
            AeadConfig.register();
            KeysetHandle keyset = KeysetHandle.newBuilder()
                    .addEntry(KeysetHandle.importKey(AesKey.of(key, Variant.NO_PREFIX, null))
                            .withRandomId()
                            .makePrimary())
                    .build();
            return new DataKey(organisation, id, keyset.getPrimitive(RegistryConfiguration.get(), Aead.class));
        } catch (GeneralSecurityException wrongLength) {
            throw new UnreadableSecretException(wrongLength);
        }
    }

    /** Returns what values under a key begin with. */
    static byte[] head(long id) {
        return ByteBuffer.allocate(HEAD_BYTES).put(VERSION).putLong(id).array();
    }

    /** Returns the id of the key that a value is under; the value has {@link #VERSION} at its head. */
    static long idIn(byte[] value) {
        if (value.length <= HEAD_BYTES) {
            throw new UnreadableSecretException(null);
        }
        return ByteBuffer.wrap(value, 1, Long.BYTES).getLong();
    }

    long id() {
        return id;
    }

    byte[] seal(Place place, byte[] secret) {
        byte[] sealed = AesKey.encrypt(aead, secret, associated(place));
        return ByteBuffer.allocate(HEAD_BYTES + sealed.length)
                .put(head(id))
                .put(sealed)
                .array();
    }

    byte[] open(Place place, byte[] value) {
        byte[] sealed = new byte[value.length - HEAD_BYTES];
        System.arraycopy(value, HEAD_BYTES, sealed, 0, sealed.length);
        try {
            return aead.decrypt(sealed, associated(place));
        } catch (GeneralSecurityException unreadable) {
            throw new UnreadableSecretException(unreadable);
        }
    }

    /** The row comes last, since it alone could have a line feed. */
    private byte[] associated(Place place) {
        return String.join(
                        "\n",
                        "steadymail sealed " + VERSION,
                        String.valueOf(id),
                        organisation.toString(),
                        place.table(),
                        place.field(),
                        place.row())
                .getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return "DataKey[" + id + "]";
    }
}
