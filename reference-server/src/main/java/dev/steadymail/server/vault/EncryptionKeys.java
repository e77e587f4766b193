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
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * The keys of the setting ENCRYPTION_KEY, under which data keys are stored; before there were data keys, secrets were. AES-256-GCM, a
 * fresh nonce and the key's id in every value, its place as associated data, so that a value is good in its own place only. Thread-safe.
 */
public final class EncryptionKeys {
    private static final String MALFORMED =
            "ENCRYPTION_KEY must be 32 bytes in Base64, several separated by commas; make one with: openssl rand -base64 32";

    private final Aead aead;
    private final List<String> ids;

    private EncryptionKeys(Aead aead, List<String> ids) {
        this.aead = aead;
        this.ids = ids;
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
            return of(keys);
        } catch (GeneralSecurityException unusable) {
            throw new IllegalArgumentException("ENCRYPTION_KEY names the same key twice; name each key once", unusable);
        }
    }

    @AccessesPartialKey
    private static EncryptionKeys of(List<byte[]> keys) throws GeneralSecurityException {
        AeadConfig.register();
        KeysetHandle.Builder keyset = KeysetHandle.newBuilder();
        for (int i = 0; i < keys.size(); i++) {
            KeysetHandle.Builder.Entry entry =
                    KeysetHandle.importKey(AesKey.of(keys.get(i), Variant.TINK, id(keys.get(i))));
            keyset.addEntry(i == 0 ? entry.makePrimary() : entry);
        }
        return new EncryptionKeys(
                keyset.build().getPrimitive(RegistryConfiguration.get(), Aead.class),
                keys.stream().map(EncryptionKeys::name).toList());
    }

    /** Returns the name of the key that encrypts, as it stands beside what is encrypted under it. */
    String first() {
        return ids.get(0);
    }

    /** Returns whether the setting has the key of a name. */
    boolean knows(String name) {
        return ids.contains(name);
    }

    byte[] encrypt(byte[] secret, String place) {
        return AesKey.encrypt(aead, secret, place.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Returns what was encrypted.
     *
     * @throws UnreadableSecretException where the value was made with another key, for another place, or was changed
     */
    byte[] decrypt(byte[] value, String place) {
        try {
            return aead.decrypt(value, place.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException unreadable) {
            throw new UnreadableSecretException(unreadable);
        }
    }

    private static byte[] decode(String text) {
        try {
            byte[] key = Base64.getDecoder().decode(text);
            if (key.length == AesKey.BYTES) {
                return key;
            }
        } catch (IllegalArgumentException notBase64) {
            // Answered below, without the text.
        }
        throw new IllegalArgumentException(MALFORMED);
    }

    private static String name(byte[] key) {
        try {
            return String.format(Locale.ROOT, "%08x", id(key));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }

    /** The id is taken from the key itself, so that the same setting means the same ids on every node. */
    private static int id(byte[] key) throws GeneralSecurityException {
        return ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(key)).getInt();
    }

    @Override
    public String toString() {
        return "EncryptionKeys[hidden]";
    }
}
