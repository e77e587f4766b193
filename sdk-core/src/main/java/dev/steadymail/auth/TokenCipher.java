package dev.steadymail.auth;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Writes and reads records: a line that names format and version, a nonce, and the token under AES-256-GCM (NIST SP 800-38D). The
 * line and the account's name are authenticated with it, so that a record of another account or version is not taken for this
 * one's. Immutable and thread-safe.
 */
final class TokenCipher {
    static final int KEY_OCTETS = 32;

    private static final byte[] FORMAT = "steadymail token 1\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] ANY_VERSION = "steadymail token ".getBytes(StandardCharsets.US_ASCII);
    private static final int NONCE_OCTETS = 12;
    private static final int TAG_OCTETS = 16;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final SecretKeySpec key;

    TokenCipher(byte[] key) {
        if (key.length != KEY_OCTETS) {
            throw new IllegalArgumentException("the key must have " + KEY_OCTETS + " octets, had " + key.length);
        }
        this.key = new SecretKeySpec(key, "AES");
    }

    byte[] write(String account, Secret token) {
        byte[] nonce = new byte[NONCE_OCTETS];
        RANDOM.nextBytes(nonce);
        try {
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, nonce, account)
                    .doFinal(token.reveal().getBytes(StandardCharsets.UTF_8));
            return ByteBuffer.allocate(FORMAT.length + NONCE_OCTETS + sealed.length)
                    .put(FORMAT)
                    .put(nonce)
                    .put(sealed)
                    .array();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every JDK has AES-GCM", impossible);
        }
    }

    /**
     * Reads what {@link #write} wrote for the same account under the same key.
     *
     * @throws DamagedTokenException for anything else
     */
    Secret read(String account, byte[] record) throws DamagedTokenException {
        requireFormat(record);
        byte[] nonce = Arrays.copyOfRange(record, FORMAT.length, FORMAT.length + NONCE_OCTETS);
        int start = FORMAT.length + NONCE_OCTETS;
        try {
            byte[] open = cipher(Cipher.DECRYPT_MODE, nonce, account).doFinal(record, start, record.length - start);
            return Secret.of(new String(open, StandardCharsets.UTF_8));
        } catch (AEADBadTagException changed) {
            throw new DamagedTokenException(
                    "it was changed, belongs to another account, or was written with another key");
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every JDK has AES-GCM", impossible);
        }
    }

    private static void requireFormat(byte[] record) throws DamagedTokenException {
        if (startsWith(record, FORMAT)) {
            if (record.length <= FORMAT.length + NONCE_OCTETS + TAG_OCTETS) {
                throw new DamagedTokenException("it is cut short");
            }
            return;
        }
        throw new DamagedTokenException(
                startsWith(record, ANY_VERSION) ? "it was written by another version" : "it is no token record");
    }

    private static boolean startsWith(byte[] record, byte[] start) {
        return record.length >= start.length && Arrays.equals(record, 0, start.length, start, 0, start.length);
    }

    private Cipher cipher(int mode, byte[] nonce, String account) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_OCTETS * 8, nonce));
        cipher.updateAAD(FORMAT);
        cipher.updateAAD(account.getBytes(StandardCharsets.UTF_8));
        return cipher;
    }
}
