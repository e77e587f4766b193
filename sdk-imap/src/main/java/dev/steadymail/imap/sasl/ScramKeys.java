package dev.steadymail.imap.sasl;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The arithmetic of SCRAM-SHA-256 (RFC 5802 section 3, with the hash of RFC 7677). */
final class ScramKeys {
    private static final String HMAC = "HmacSHA256";

    /** What proves to the server that we know the password. */
    final byte[] clientProof;
    /** What the server must send to prove the same to us. */
    final byte[] serverSignature;

    private ScramKeys(byte[] clientProof, byte[] serverSignature) {
        this.clientProof = clientProof;
        this.serverSignature = serverSignature;
    }

    static ScramKeys of(byte[] password, ScramServerFirst first, byte[] authMessage) {
        try {
            byte[] salted = salted(password, first.salt, first.iterations);
            byte[] clientKey = hmac(salted, ascii("Client Key"));
            byte[] storedKey = MessageDigest.getInstance("SHA-256").digest(clientKey);
            byte[] proof = xor(clientKey, hmac(storedKey, authMessage));
            byte[] signature = hmac(hmac(salted, ascii("Server Key")), authMessage);
            Arrays.fill(salted, (byte) 0);
            return new ScramKeys(proof, signature);
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("every JDK has SHA-256 and its HMAC", missing);
        }
    }

    /** {@code Hi(password, salt, i)} of RFC 5802 section 2.2: PBKDF2 with one block. */
    private static byte[] salted(byte[] password, byte[] salt, int iterations) throws GeneralSecurityException {
        Mac mac = mac(password);
        mac.update(salt);
        byte[] last = mac.doFinal(new byte[] {0, 0, 0, 1});
        byte[] all = last.clone();
        for (int i = 1; i < iterations; i++) {
            mac.update(last);
            mac.doFinal(last, 0);
            for (int at = 0; at < all.length; at++) {
                all[at] ^= last[at];
            }
        }
        return all;
    }

    private static byte[] hmac(byte[] key, byte[] text) throws GeneralSecurityException {
        return mac(key).doFinal(text);
    }

    private static Mac mac(byte[] key) throws GeneralSecurityException {
        Mac mac = Mac.getInstance(HMAC);
        mac.init(new SecretKeySpec(key, HMAC));
        return mac;
    }

    private static byte[] xor(byte[] first, byte[] second) {
        byte[] result = first.clone();
        for (int at = 0; at < result.length; at++) {
            result[at] ^= second[at];
        }
        return result;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
