package dev.steadymail.cache.redis;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.function.UnaryOperator;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * How limits are named in Redis: by digests, since their keys may hold addresses. Thread-safe as far as {@code naming} is.
 *
 * @param prefix begins every key, in its hash tag: what has one prefix lies in one slot of a cluster; 1 to 100 characters without
 *     braces
 * @param naming makes a name that is given to no other key, and tells nothing of it
 */
record LimitKeys(String prefix, UnaryOperator<String> naming) {
    private static final int LONGEST_PREFIX = 100;

    LimitKeys {
        boolean hasBrace = prefix.indexOf('{') >= 0 || prefix.indexOf('}') >= 0;
        if (prefix.isEmpty() || prefix.length() > LONGEST_PREFIX || hasBrace) {
            throw new IllegalArgumentException("prefix must have 1 to 100 characters and no brace, was " + prefix);
        }
    }

    /** Names by SHA-256: whoever reads Redis can still find out whether an address he thinks of is among them. */
    static LimitKeys hashed(String prefix) {
        return new LimitKeys(prefix, key -> encode(sha256().digest(octets(key))));
    }

    /** Names by HMAC-SHA-256: nobody can try addresses without the secret, which all processes must have. */
    static LimitKeys keyed(String prefix, byte[] secret) {
        SecretKeySpec key = new SecretKeySpec(secret, "HmacSHA256");
        return new LimitKeys(prefix, text -> encode(hmac(key).doFinal(octets(text))));
    }

    String name(String key) {
        return naming.apply(key);
    }

    byte[] head() {
        return key("head");
    }

    byte[] index() {
        return key("index");
    }

    byte[] quota(String name) {
        return key("q:" + name);
    }

    private byte[] key(String rest) {
        return ("{" + prefix + ":limits}:" + rest).getBytes(StandardCharsets.UTF_8);
    }

    private static String encode(byte[] digest) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
    }

    /** UTF-16 has octets for everything that a string may hold, half a pair too; UTF-8 makes one question mark of many. */
    private static byte[] octets(String key) {
        byte[] octets = new byte[key.length() * 2];
        for (int index = 0; index < key.length(); index++) {
            octets[2 * index] = (byte) (key.charAt(index) >> 8);
            octets[2 * index + 1] = (byte) key.charAt(index);
        }
        return octets;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }

    private static Mac hmac(SecretKeySpec key) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            return mac;
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java has HmacSHA256", impossible);
        }
    }

    /** Shows no secret. */
    @Override
    public String toString() {
        return "LimitKeys[" + prefix + "]";
    }
}
