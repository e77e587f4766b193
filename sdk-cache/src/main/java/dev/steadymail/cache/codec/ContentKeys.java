package dev.steadymail.cache.codec;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * The keys of a cache: the newest one seals, and each opens what it sealed. They are of 32 octets, numbered by the caller from 1 to 255;
 * a number is written beside each value and must not be given to another key while such values are kept. A key is good for 2^32 values
 * (NIST SP 800-38D section 8.3).
 *
 * <p>To rotate where several machines share a cache, give the new key to all of them first to open with ({@link #opening}), and then
 * let it seal ({@link #then}). Names of values are made with the key that comes first: as long as it stays first a rotation loses nothing, and
 * without it every value is read anew.
 *
 * <pre>{@code
 * ContentKeys keys = ContentKeys.of(7, old).then(8, current);
 * }</pre>
 *
 * Immutable and thread-safe; shows no key.
 */
public final class ContentKeys {
    static final int LEAST = 1;
    static final int MOST = 255;

    private static final int KEY_OCTETS = 32;

    private final SortedMap<Integer, SecretKey> values;
    private final int sealing;
    private final SecretKey sealingKey;
    private final byte[] naming;

    private ContentKeys(SortedMap<Integer, SecretKey> values, int sealing, SecretKey sealingKey, byte[] naming) {
        this.values = Collections.unmodifiableSortedMap(values);
        this.sealing = sealing;
        this.sealingKey = sealingKey;
        this.naming = naming;
    }

    /**
     * Returns keys of which there is one.
     *
     * @param number 1 to 255
     * @param key 32 random octets, which are copied
     */
    public static ContentKeys of(int number, byte[] key) {
        requireSound(number, key);
        SecretKey value = valueKey(key);
        return new ContentKeys(
                new TreeMap<>(Map.of(number, value)), number, value, DerivedKeys.derive(key, DerivedKeys.NAMES));
    }

    /**
     * Returns these keys with a newer one, which seals from now on.
     *
     * @param number 1 to 255, and none of these
     * @param key 32 random octets, which are copied
     */
    public ContentKeys then(int number, byte[] key) {
        requireSound(number, key);
        SecretKey value = valueKey(key);
        return new ContentKeys(with(number, value), number, value, naming);
    }

    /**
     * Returns these keys with one more that opens only, as another machine may seal with it already.
     *
     * @param number 1 to 255, and none of these
     * @param key 32 random octets, which are copied
     */
    public ContentKeys opening(int number, byte[] key) {
        requireSound(number, key);
        return new ContentKeys(with(number, valueKey(key)), sealing, sealingKey, naming);
    }

    private SortedMap<Integer, SecretKey> with(int number, SecretKey value) {
        if (values.containsKey(number)) {
            throw new IllegalArgumentException("key number " + number + " is taken");
        }
        SortedMap<Integer, SecretKey> more = new TreeMap<>(values);
        more.put(number, value);
        return more;
    }

    private static void requireSound(int number, byte[] key) {
        if (number < LEAST || number > MOST) {
            throw new IllegalArgumentException(
                    "a key's number must be between " + LEAST + " and " + MOST + ", was " + number);
        }
        if (key.length != KEY_OCTETS) {
            throw new IllegalArgumentException("a key must have " + KEY_OCTETS + " octets, had " + key.length);
        }
    }

    private static SecretKey valueKey(byte[] key) {
        return new SecretKeySpec(DerivedKeys.derive(key, DerivedKeys.VALUES), "AES");
    }

    int sealing() {
        return sealing;
    }

    SecretKey sealingKey() {
        return sealingKey;
    }

    @Nullable
    SecretKey opening(int number) {
        return values.get(number);
    }

    SecretKey naming() {
        return DerivedKeys.forMac(naming);
    }

    @Override
    public String toString() {
        return "ContentKeys[" + values.keySet() + ", " + sealing + " seals]";
    }
}
