package dev.steadymail.cache.redis;

import dev.steadymail.cache.codec.ContentKeys;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where Redis is, and what may be kept there. Mail is kept encrypted, or in the clear where that was said: there is no default.
 *
 * <p>URLs: {@code redis://[[user:]password@]host[:port][/database]}, {@code rediss://} for TLS,
 * {@code redis-sentinel://host[:port],host[:port]/database#master} for a master that sentinels name, and
 * {@code redis-cluster://[[user:]password@]host[:port],host[:port]} or {@code rediss-cluster://} for a cluster. Immutable.
 */
public final class RedisSettings {
    private static final Duration PATIENCE = Duration.ofMillis(25);
    private static final long ACCOUNT_WEIGHT = 64L << 20;
    private static final long TENANT_WEIGHT = 1L << 30;
    private static final int LARGEST = 1 << 20;
    private static final Duration KEPT_FOR = Duration.ofDays(7);

    private final RedisAddress address;
    private final @Nullable ContentKeys keys;
    private final Duration patience;
    private final String prefix;
    private final long accountWeight;
    private final long tenantWeight;
    private final int largest;
    private final Duration keptFor;

    private RedisSettings(
            RedisAddress address,
            @Nullable ContentKeys keys,
            Duration patience,
            String prefix,
            long accountWeight,
            long tenantWeight,
            int largest,
            Duration keptFor) {
        this.address = address;
        this.keys = keys;
        this.patience = patience;
        this.prefix = prefix;
        this.accountWeight = accountWeight;
        this.tenantWeight = tenantWeight;
        this.largest = largest;
        this.keptFor = keptFor;
    }

    /**
     * Values are sealed with AES-256-GCM, and the names of keys say nothing without the key.
     *
     * @throws IllegalArgumentException for a URL that names no Redis; the message does not repeat it, as it may hold a password
     */
    public static RedisSettings encrypted(String url, ContentKeys keys) {
        return settings(url, Objects.requireNonNull(keys, "keys"));
    }

    /**
     * Mail lies in Redis in the clear, for everybody who can read its memory, its files and its network.
     *
     * @throws IllegalArgumentException for a URL that names no Redis
     */
    public static RedisSettings unencrypted(String url) {
        return settings(url, null);
    }

    private static RedisSettings settings(String url, @Nullable ContentKeys keys) {
        return new RedisSettings(
                RedisAddress.of(url), keys, PATIENCE, "steadymail", ACCOUNT_WEIGHT, TENANT_WEIGHT, LARGEST, KEPT_FOR);
    }

    /** Returns these settings with another bound of what one look may take, 25 ms by default; 1 ms to 10 s. */
    public RedisSettings withPatience(Duration patience) {
        require(
                patience.compareTo(Duration.ofMillis(1)) >= 0 && patience.compareTo(Duration.ofSeconds(10)) <= 0,
                "patience must be 1 ms to 10 s");
        return new RedisSettings(address, keys, patience, prefix, accountWeight, tenantWeight, largest, keptFor);
    }

    /** Returns these settings with another word before all keys, for several caches in one Redis; {@code steadymail} by default. */
    public RedisSettings withPrefix(String prefix) {
        require(
                prefix.matches("[A-Za-z0-9._-]{1,40}"),
                "a prefix has 1 to 40 letters, digits, dots, dashes or underscores");
        return new RedisSettings(address, keys, patience, prefix, accountWeight, tenantWeight, largest, keptFor);
    }

    /**
     * Returns these settings with other bounds of how many octets of what never changes are kept, as stored. The oldest of an account give way
     * first, and the largest account of a tenant. 64 MiB for an account and 1 GiB for a tenant by default.
     */
    public RedisSettings withWeights(long ofAccount, long ofTenant) {
        require(ofAccount >= 1 << 16 && ofTenant >= ofAccount, "an account needs 64 KiB at least, its tenant as much");
        return new RedisSettings(address, keys, patience, prefix, ofAccount, ofTenant, largest, keptFor);
    }

    /** Returns these settings with another bound of the octets of one value, 1 MiB by default; larger ones are not kept. */
    public RedisSettings withLargest(int octets) {
        require(octets >= 1 << 10 && octets <= 64 << 20, "the largest value must be 1 KiB to 64 MiB");
        return new RedisSettings(address, keys, patience, prefix, accountWeight, tenantWeight, octets, keptFor);
    }

    /** Returns these settings with another time after which what never changes is given up, a week by default; a minute at least. */
    public RedisSettings withKeptFor(Duration keptFor) {
        require(keptFor.compareTo(Duration.ofMinutes(1)) >= 0, "keptFor must be a minute at least");
        return new RedisSettings(address, keys, patience, prefix, accountWeight, tenantWeight, largest, keptFor);
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }

    RedisAddress address() {
        return address;
    }

    @Nullable
    ContentKeys keys() {
        return keys;
    }

    Duration patience() {
        return patience;
    }

    String prefix() {
        return prefix;
    }

    long accountWeight() {
        return accountWeight;
    }

    long tenantWeight() {
        return tenantWeight;
    }

    int largest() {
        return largest;
    }

    Duration keptFor() {
        return keptFor;
    }

    @Override
    public String toString() {
        return "RedisSettings[" + (keys == null ? "unencrypted" : "encrypted") + ", patience=" + patience + "]";
    }
}
