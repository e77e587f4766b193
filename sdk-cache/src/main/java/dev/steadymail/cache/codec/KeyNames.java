package dev.steadymail.cache.codec;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import javax.crypto.Mac;
import javax.crypto.SecretKey;

/**
 * Names under which values are kept: 16 octets that show nothing of what they are made of. Without the key nobody can tell whose value one
 * is, nor try by guessing. Immutable and thread-safe.
 */
public final class KeyNames {
    private static final int NAME_OCTETS = 16;
    private static final int USUAL_OCTETS = 128;

    private final UnaryOperator<byte[]> digest;

    private KeyNames(UnaryOperator<byte[]> digest) {
        this.digest = digest;
    }

    /** Returns names by HMAC-SHA-256 with the oldest of some keys. */
    public static KeyNames keyed(ContentKeys keys) {
        SecretKey key = keys.naming();
        Mac ready = DerivedKeys.mac(key);
        return new KeyNames(octets -> copy(ready, key).doFinal(octets));
    }

    /** Returns one that nobody else has; where the platform's cannot be copied, it is made again, which takes longer. */
    private static Mac copy(Mac ready, SecretKey key) {
        try {
            return (Mac) ready.clone();
        } catch (CloneNotSupportedException another) {
            return DerivedKeys.mac(key);
        }
    }

    /** Returns names by SHA-256, which whoever sees one can guess at. */
    public static KeyNames unkeyed() {
        return new KeyNames(octets -> sha256().digest(octets));
    }

    /** Returns the name of what some parts tell, in their order; other parts have another name. */
    public byte[] of(String... parts) {
        OctetWriter octets = new OctetWriter(USUAL_OCTETS);
        for (String part : parts) {
            octets.text(part);
        }
        return Arrays.copyOf(digest.apply(octets.toArray()), NAME_OCTETS);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }
}
