package dev.steadymail.oauth;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * A proof that who redeems a code is who asked for it (RFC 7636), with the method S256 only.
 *
 * @param verifier 43 characters, kept until the code is redeemed
 */
record Pkce(String verifier) {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int OCTETS = 32;

    static Pkce create() {
        return new Pkce(random());
    }

    /** Returns 256 random bits in 43 characters that need no escaping. */
    static String random() {
        byte[] octets = new byte[OCTETS];
        RANDOM.nextBytes(octets);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(octets);
    }

    /** Returns what goes with the authorization request (RFC 7636 section 4.2). */
    String challenge() {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }

    @Override
    public String toString() {
        return "Pkce[hidden]";
    }
}
