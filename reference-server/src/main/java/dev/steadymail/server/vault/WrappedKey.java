package dev.steadymail.server.vault;

import dev.steadymail.server.tenants.Tenancy;
import java.security.SecureRandom;
import java.util.Arrays;

/** A data key as it is stored: encrypted under one of {@link EncryptionKeys}, for one organisation and one id. */
final class WrappedKey {
    private static final SecureRandom RANDOM = new SecureRandom();

    private final long id;
    private final String kek;
    private final byte[] bytes;

    WrappedKey(long id, String kek, byte[] bytes) {
        this.id = id;
        this.kek = kek;
        this.bytes = bytes.clone();
    }

    /** Makes a new key for the organisation that the thread works for. */
    static WrappedKey random(long id, EncryptionKeys keys) {
        byte[] key = new byte[AesKey.BYTES];
        RANDOM.nextBytes(key);
        return wrap(id, key, keys);
    }

    long id() {
        return id;
    }

    /** Returns the name of the key of ENCRYPTION_KEY that this one is under. */
    String kek() {
        return kek;
    }

    byte[] bytes() {
        return bytes.clone();
    }

    /**
     * Returns the key ready for use by the organisation that the thread works for.
     *
     * @throws UnreadableSecretException where none of the keys opens it
     */
    DataKey unwrap(EncryptionKeys keys) {
        byte[] key = keys.decrypt(bytes, place(id));
        try {
            return DataKey.of(Tenancy.current(), id, key);
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }

    /**
     * Returns the same key under the first of the keys.
     *
     * @throws UnreadableSecretException where none of the keys opens it
     */
    WrappedKey rewrap(EncryptionKeys keys) {
        return wrap(id, keys.decrypt(bytes, place(id)), keys);
    }

    private static WrappedKey wrap(long id, byte[] key, EncryptionKeys keys) {
        try {
            return new WrappedKey(id, keys.first(), keys.encrypt(key, place(id)));
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }

    private static String place(long id) {
        return "data_key/" + Tenancy.current() + "/" + id;
    }

    @Override
    public String toString() {
        return "WrappedKey[" + id + "]";
    }
}
