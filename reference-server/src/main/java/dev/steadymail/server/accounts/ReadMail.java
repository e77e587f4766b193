package dev.steadymail.server.accounts;

import com.google.crypto.tink.subtle.Hkdf;
import dev.steadymail.cache.CacheSettings;
import dev.steadymail.cache.CachedAccount;
import dev.steadymail.cache.MailCache;
import dev.steadymail.cache.codec.ContentKeys;
import dev.steadymail.cache.redis.RedisLevel;
import dev.steadymail.cache.redis.RedisSettings;
import dev.steadymail.mail.AccountId;
import dev.steadymail.provider.MailAccount;
import dev.steadymail.server.tenants.Tenancy;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * What was read from accounts, kept in memory and, where there is Redis, beneath it for all nodes, sealed with a key that comes of
 * the encryption key. Each connected account has its own: two organisations that connect the same mailbox share nothing that was read, as
 * one of them may have the right no more. Thread-safe.
 */
@Component
class ReadMail implements AutoCloseable {
    /** The key's number. Another encryption key makes other names, so that what was sealed before is never met. */
    private static final int KEY = 1;

    private static final int KEY_OCTETS = 32;
    private static final byte[] PURPOSE = "steadymail read mail in redis 1".getBytes(StandardCharsets.UTF_8);

    private final @Nullable RedisLevel redis;
    private final MailCache cache;

    ReadMail(
            CacheMemory memory,
            @Value("${steadymail.accounts.encryption-key:}") String encryptionKeys,
            @Value("${steadymail.redis.url:}") String redisUrl) {
        CacheSettings settings =
                CacheSettings.DEFAULT.withMaxWeight(memory.memory().toBytes());
        boolean shared = !redisUrl.isBlank() && !encryptionKeys.isBlank(); // mail never lies in Redis in the clear
        this.redis = shared ? RedisLevel.open(RedisSettings.encrypted(redisUrl, keys(encryptionKeys))) : null;
        this.cache = redis == null ? MailCache.inMemory(settings) : MailCache.over(settings, redis);
    }

    /** Puts the cache in front of an account of the organisation that the thread works for. */
    MailAccount inFrontOf(UUID id, MailAccount account) {
        MailAccount own = new RenamedAccount(account, name(id));
        CachedAccount cached =
                CachedAccount.of(own, cache).ofTenant(Tenancy.current().toString());
        return new RenamedAccount(cached, account.id());
    }

    /** Forgets what was read from an account. Where Redis is away just now, what is there ends by its age. */
    void forget(UUID id) {
        boolean unusedSure = cache.invalidate(name(id));
    }

    /** After the clients. */
    @Override
    public void close() {
        cache.close();
        if (redis != null) {
            redis.close();
        }
    }

    private static AccountId name(UUID id) {
        return new AccountId(id.toString());
    }

    private static ContentKeys keys(String setting) {
        byte[] first = Base64.getDecoder().decode(setting.split(",", -1)[0].strip());
        try {
            return ContentKeys.of(KEY, Hkdf.computeHkdf("HMACSHA256", first, new byte[0], PURPOSE, KEY_OCTETS));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java platform has HMAC-SHA-256", impossible);
        }
    }
}
