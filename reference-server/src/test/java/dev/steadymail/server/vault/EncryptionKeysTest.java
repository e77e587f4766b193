package dev.steadymail.server.vault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class EncryptionKeysTest {
    private static final String FIRST = key(1);
    private static final String SECOND = key(2);

    private final EncryptionKeys keys = EncryptionKeys.parse(FIRST);

    @Test
    void decrypt_inItsPlace_isWhatWasEncrypted() {
        assertEquals("secret", decrypt(keys, encrypt(keys, "secret", "a"), "a"));
    }

    @Test
    void encrypt_twice_differs() {
        assertFalse(Arrays.equals(encrypt(keys, "secret", "a"), encrypt(keys, "secret", "a")));
    }

    @Test
    void decrypt_inAnotherPlace_isRefused() {
        byte[] value = encrypt(keys, "secret", "account/1/login");
        assertThrows(UnreadableSecretException.class, () -> keys.decrypt(value, "account/2/login"));
    }

    @Test
    void decrypt_withAnyBitFlipped_isRefused() {
        byte[] value = encrypt(keys, "secret", "a");
        for (int bit = 0; bit < value.length * 8; bit++) {
            byte[] changed = value.clone();
            changed[bit / 8] ^= (byte) (1 << (bit % 8));
            assertThrows(UnreadableSecretException.class, () -> keys.decrypt(changed, "a"));
        }
    }

    @Test
    void decrypt_afterRotation_stillReadsTheOldKey() {
        EncryptionKeys rotated = EncryptionKeys.parse(SECOND + "," + FIRST);
        assertEquals("old", decrypt(rotated, encrypt(keys, "old", "a"), "a"));
        byte[] fresh = encrypt(rotated, "new", "a");
        assertEquals("new", decrypt(EncryptionKeys.parse(SECOND), fresh, "a"));
        assertThrows(UnreadableSecretException.class, () -> keys.decrypt(fresh, "a"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "short", "AAAA", "not base64 at all!", ","})
    void parse_ofSomethingElse_saysHowToMakeOne_andRepeatsNothing(String setting) {
        String message = assertThrows(IllegalArgumentException.class, () -> EncryptionKeys.parse(setting))
                .getMessage();
        assertEquals(
                "ENCRYPTION_KEY must be 32 bytes in Base64, several separated by commas; make one with: openssl rand -base64 32",
                message);
    }

    @Test
    void parse_ofTheSameKeyTwice_isRefused() {
        assertThrows(IllegalArgumentException.class, () -> EncryptionKeys.parse(FIRST + "," + FIRST));
    }

    private static byte[] encrypt(EncryptionKeys keys, String secret, String place) {
        return keys.encrypt(secret.getBytes(StandardCharsets.UTF_8), place);
    }

    private static String decrypt(EncryptionKeys keys, byte[] value, String place) {
        return new String(keys.decrypt(value, place), StandardCharsets.UTF_8);
    }

    private static String key(int fill) {
        byte[] bytes = new byte[32];
        Arrays.fill(bytes, (byte) fill);
        return Base64.getEncoder().encodeToString(bytes);
    }
}
