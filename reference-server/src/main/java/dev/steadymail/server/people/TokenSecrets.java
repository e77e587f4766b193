package dev.steadymail.server.people;

import dev.steadymail.server.folder.DataFolder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * The two secrets that tokens are made with, the same on every node: {@code steadymail.jwt.secret} signs access tokens,
 * {@code steadymail.jwt.refresh-secret} is the key to what is stored of all others. A server with services of its own keeps them in its data
 * folder. Thread-safe.
 */
@Component
final class TokenSecrets {
    private static final String HMAC = "HmacSHA256";

    private final SecretKey signing;
    private final SecretKey hashing;

    TokenSecrets(
            @Value("${steadymail.jwt.secret:}") String secret,
            @Value("${steadymail.jwt.refresh-secret:}") String refreshSecret,
            DataFolder folder) {
        this.signing = key(secret.isBlank() ? folder.secret("jwt") : secret);
        this.hashing = key(refreshSecret.isBlank() ? folder.secret("jwt-refresh") : refreshSecret);
    }

    private static SecretKey key(String secret) {
        return new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), HMAC);
    }

    /** Returns the key of access tokens. */
    SecretKey signing() {
        return signing;
    }

    /**
     * Returns the keyed hash of a text, 32 octets: who has the database but not the key can neither use a token nor make one.
     *
     * @param purpose keeps hashes for one use from being good for another
     */
    byte[] hash(String purpose, String text) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(hashing);
            mac.update(purpose.getBytes(StandardCharsets.UTF_8));
            mac.update((byte) 0);
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("every Java has HMAC-SHA-256", missing);
        }
    }

    @Override
    public String toString() {
        return "TokenSecrets[hidden]";
    }
}
