package dev.steadymail.oauth;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a private RSA key from its text form (RFC 7468 section 10). */
final class PrivateKeyText {
    private static final Pattern PEM =
            Pattern.compile("\\s*-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----\\s*");

    private PrivateKeyText() {}

    /**
     * Returns the key.
     *
     * @throws IllegalArgumentException where the text holds none; it says nothing of the text
     */
    static PrivateKey parse(String text) {
        Matcher pem = PEM.matcher(text);
        if (!pem.matches()) {
            throw new IllegalArgumentException("the private_key is not in PEM form (PKCS #8)");
        }
        try {
            byte[] der = Base64.getMimeDecoder().decode(pem.group(1));
            return KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(der));
        } catch (GeneralSecurityException | IllegalArgumentException unusable) {
            // The cause could quote the key.
            throw new IllegalArgumentException("the private_key is no RSA key");
        }
    }
}
