package dev.steadymail.server.accounts;

import com.google.crypto.tink.AccessesPartialKey;
import com.google.crypto.tink.Aead;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.aead.AesGcmKey;
import com.google.crypto.tink.aead.AesGcmParameters;
import com.google.crypto.tink.util.SecretBytes;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;

/**
 * The keys that credentials are encrypted under: AES-256-GCM, a fresh nonce and the key's id in every value, the row and field as
 * associated data, so that a value is good in its own place only. Thread-safe.
 */
public final class EncryptionKeys {
    private static final int KEY_BYTES = 32;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BYTES = 16;

    private final Aead aead;

    private EncryptionKeys(Aead aead) {
        this.aead = aead;
    }

    /**
     * Throws where a setting is wrong, before anything is started with it.
     *
     * @param setting keys of 32 bytes in Base64, separated by commas
     * @throws IllegalArgumentException with the rule and the remedy; no key is repeated in the message
     */
    public static void check(String setting) {
        parse(setting);
    }

    /**
     * Reads keys.
     *
     * @param setting keys of 32 bytes in Base64, separated by commas; the first encrypts, every one decrypts
     * @throws IllegalArgumentException where one is something else; no key is repeated in the message
     */
    static EncryptionKeys parse(String setting) {
        List<byte[]> keys = Stream.of(setting.split(",", -1))
                .map(String::strip)
                .map(EncryptionKeys::decode)
                .toList();
        try {
            AeadConfig.register();
            KeysetHandle.Builder keyset = KeysetHandle.newBuilder();
            for (int i = 0; i < keys.size(); i++) {
                KeysetHandle.Builder.Entry entry = KeysetHandle.importKey(key(keys.get(i)));
                keyset.addEntry(i == 0 ? entry.makePrimary() : entry);
            }
            return new EncryptionKeys(keyset.build().getPrimitive(RegistryConfiguration.get(), Aead.class));
        } catch (GeneralSecurityException unusable) {
            throw new IllegalArgumentException("ENCRYPTION_KEY names the same key twice; name each key once", unusable);
        }
    }

    byte[] encrypt(String secret, String place) {
        try {
            return aead.encrypt(secret.getBytes(StandardCharsets.UTF_8), place.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("AES-GCM encrypts every text of this size", impossible);
        }
    }

    /**
     * Returns what was encrypted.
     *
     * @throws UnreadableLoginException where the value was made with another key, for another place, or was changed
     */
    String decrypt(byte[] value, String place) {
        try {
            return new String(aead.decrypt(value, place.getBytes(StandardCharsets.UTF_8)), StandardCharsets.UTF_8);
        } catch (GeneralSecurityException unreadable) {
            throw new UnreadableLoginException(unreadable);
        }
    }

    private static byte[] decode(String text) {
        try {
            byte[] key = Base64.getDecoder().decode(text);
            if (key.length == KEY_BYTES) {
                return key;
            }
        } catch (IllegalArgumentException notBase64) {
            // Answered below, without the text.
        }
        throw new IllegalArgumentException(
                "ENCRYPTION_KEY must be 32 bytes in Base64, several separated by commas; make one with: openssl rand -base64 32");
    }

    /** The id is taken from the key itself, so that the same setting means the same ids on every node. */
    @AccessesPartialKey
    private static AesGcmKey key(byte[] bytes) throws GeneralSecurityException {
        int id = ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(bytes))
                .getInt();
        return AesGcmKey.builder()
                .setParameters(AesGcmParameters.builder()
                        .setKeySizeBytes(KEY_BYTES)
                        .setIvSizeBytes(NONCE_BYTES)
                        .setTagSizeBytes(TAG_BYTES)
                        .setVariant(AesGcmParameters.Variant.TINK)
                        .build())
                .setKeyBytes(SecretBytes.copyFrom(bytes, InsecureSecretKeyAccess.get()))
                .setIdRequirement(id)
                .build();
    }

    @Override
    public String toString() {
        return "EncryptionKeys[hidden]";
    }
}
