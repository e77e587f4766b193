package dev.steadymail.cache.codec;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;

/**
 * Head, nonce and AES-256-GCM (NIST SP 800-38D), with head and name authenticated. With random nonces of 96 bits, a key is good for 2^32
 * values (section 8.3).
 */
final class AesGcm implements ValueSealer.Wrapping {
    private static final int NONCE_OCTETS = 12;
    private static final int TAG_OCTETS = 16;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final ContentKeys keys;
    private final Ciphers ciphers = new Ciphers();

    AesGcm(ContentKeys keys) {
        this.keys = keys;
    }

    @Override
    public int keyNumber() {
        return keys.sealing();
    }

    @Override
    public byte[] close(byte[] head, byte[] content, byte[] name) {
        byte[] nonce = new byte[NONCE_OCTETS];
        RANDOM.nextBytes(nonce);
        int start = head.length + NONCE_OCTETS;
        byte[] sealed = Arrays.copyOf(head, Math.addExact(start + TAG_OCTETS, content.length));
        System.arraycopy(nonce, 0, sealed, head.length, NONCE_OCTETS);
        try {
            Cipher cipher = ciphers.take();
            cipher.init(Cipher.ENCRYPT_MODE, keys.sealingKey(), new GCMParameterSpec(TAG_OCTETS * 8, nonce));
            cipher.updateAAD(head);
            cipher.updateAAD(name);
            int unused = cipher.doFinal(content, 0, content.length, sealed, start);
            ciphers.giveBack(cipher);
            return sealed;
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every JDK has AES-GCM", impossible);
        }
    }

    @Override
    public byte[] open(byte[] head, byte[] sealed, byte[] name) {
        int start = head.length + NONCE_OCTETS;
        if (sealed.length < start + TAG_OCTETS) {
            throw new DamagedValueException("the sealed value ends too early");
        }
        SecretKey key = key(head[1] & 0xFF);
        try {
            Cipher cipher = ciphers.take();
            cipher.init(
                    Cipher.DECRYPT_MODE, key, new GCMParameterSpec(TAG_OCTETS * 8, sealed, head.length, NONCE_OCTETS));
            cipher.updateAAD(head);
            cipher.updateAAD(name);
            byte[] content = cipher.doFinal(sealed, start, sealed.length - start);
            ciphers.giveBack(cipher);
            return content;
        } catch (AEADBadTagException changed) {
            throw new DamagedValueException(
                    "the value was changed, is kept under another name, or was sealed with another key", changed);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every JDK has AES-GCM", impossible);
        }
    }

    private SecretKey key(int number) {
        SecretKey key = keys.opening(number);
        if (key == null) {
            throw new DamagedValueException(
                    number == 0 ? "the value is not encrypted" : "key " + number + " is not at hand");
        }
        return key;
    }
}
