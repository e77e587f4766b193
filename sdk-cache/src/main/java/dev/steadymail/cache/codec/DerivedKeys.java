package dev.steadymail.cache.codec;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * Keys for one use each, made of one that the caller gave: HKDF's second step (RFC 5869 section 2.3), the first being for keys that are not
 * random.
 */
final class DerivedKeys {
    static final String VALUES = "steadymail cache values 1";
    static final String NAMES = "steadymail cache names 1";

    private static final String HMAC = "HmacSHA256";

    private DerivedKeys() {}

    static byte[] derive(byte[] key, String use) {
        Mac mac = mac(forMac(key));
        mac.update(use.getBytes(StandardCharsets.US_ASCII));
        mac.update((byte) 1);
        return mac.doFinal();
    }

    static SecretKey forMac(byte[] key) {
        return new SecretKeySpec(key, HMAC);
    }

    static Mac mac(SecretKey key) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(key);
            return mac;
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java platform has HMAC-SHA-256", impossible);
        }
    }
}
