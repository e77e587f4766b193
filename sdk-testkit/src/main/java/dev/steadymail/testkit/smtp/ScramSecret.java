package dev.steadymail.testkit.smtp;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/** The keys that SCRAM-SHA-256 makes from a password (RFC 5802 section 3). The salt comes from the name, so that logins can be played again. */
final class ScramSecret {
    /** What RFC 7677 section 4 asks for at least. */
    static final int ITERATIONS = 4096;

    private static final int SALT_OCTETS = 16;
    private static final int KEY_BITS = 256;

    private final byte[] salted;

    private ScramSecret(byte[] salted) {
        this.salted = salted;
    }

    static ScramSecret of(String user, String password) {
        return of(salt(user), password);
    }

    static ScramSecret of(byte[] salt, String password) {
        try {
            PBEKeySpec spec = new PBEKeySpec(password.toCharArray(), salt, ITERATIONS, KEY_BITS);
            SecretKeyFactory factory = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256");
            return new ScramSecret(factory.generateSecret(spec).getEncoded());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK has no PBKDF2WithHmacSHA256", e);
        }
    }

    static byte[] salt(String user) {
        return Arrays.copyOf(sha256(user.getBytes(StandardCharsets.UTF_8)), SALT_OCTETS);
    }

    byte[] clientProof(String exchange) {
        byte[] proof = hmac(salted, "Client Key");
        byte[] signature = hmac(sha256(proof), exchange);
        for (int i = 0; i < proof.length; i++) {
            proof[i] ^= signature[i];
        }
        return proof;
    }

    byte[] serverSignature(String exchange) {
        return hmac(hmac(salted, "Server Key"), exchange);
    }

    private static byte[] sha256(byte[] octets) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(octets);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static byte[] hmac(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HmacSHA256", e);
        }
    }
}
