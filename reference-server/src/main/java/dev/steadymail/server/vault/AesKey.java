package dev.steadymail.server.vault;

import com.google.crypto.tink.AccessesPartialKey;
import com.google.crypto.tink.Aead;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.aead.AesGcmKey;
import com.google.crypto.tink.aead.AesGcmParameters;
import com.google.crypto.tink.aead.AesGcmParameters.Variant;
import com.google.crypto.tink.util.SecretBytes;
import java.security.GeneralSecurityException;
import org.jspecify.annotations.Nullable;

/** The one kind of key here: AES-256-GCM with a random nonce of 12 bytes and a tag of 16. */
final class AesKey {
    static final int BYTES = 32;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BYTES = 16;

    private AesKey() {}

    /** Returns a key; with {@link Variant#TINK} its id stands at the head of each value. */
    @AccessesPartialKey
    static AesGcmKey of(byte[] key, Variant variant, @Nullable Integer id) throws GeneralSecurityException {
        AesGcmParameters parameters = AesGcmParameters.builder()
                .setKeySizeBytes(BYTES)
                .setIvSizeBytes(NONCE_BYTES)
                .setTagSizeBytes(TAG_BYTES)
                .setVariant(variant)
                .build();
        return AesGcmKey.builder()
                .setParameters(parameters)
                .setKeyBytes(SecretBytes.copyFrom(key, InsecureSecretKeyAccess.get()))
                .setIdRequirement(id)
                .build();
    }

    static byte[] encrypt(Aead aead, byte[] secret, byte[] associated) {
        try {
            return aead.encrypt(secret, associated);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("AES-GCM encrypts every text of this size", impossible);
        }
    }
}
