package dev.steadymail.examples;

import dev.steadymail.MailClient;
import dev.steadymail.MailRuntime;
import dev.steadymail.cache.CacheSettings;
import dev.steadymail.cache.CacheStatistics;
import dev.steadymail.cache.CachedAccount;
import dev.steadymail.cache.MailCache;
import dev.steadymail.cache.codec.ContentKeys;
import dev.steadymail.cache.redis.RedisLevel;
import dev.steadymail.cache.redis.RedisSettings;
import dev.steadymail.mail.Role;
import dev.steadymail.provider.MailAccount;
import dev.steadymail.query.EmailQuery;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Shows the inbox through a cache that processes share in Redis, and shares quotas and pauses with them, too. Start it twice: the second one asks the
 * provider for little. {@code REDIS_URL} says where Redis is, {@code CACHE_KEY_FILE} names a file with 32 random octets.
 */
public final class CacheOnRedis {
    private CacheOnRedis() {}

    public static void main(String[] args) throws IOException {
        byte[] key = Files.readAllBytes(Path.of(System.getenv("CACHE_KEY_FILE")));
        RedisSettings settings = RedisSettings.encrypted(System.getenv("REDIS_URL"), ContentKeys.of(1, key));
        System.out.println(run(ExampleAccount.from(System.getenv()), settings));
    }

    static CacheStatistics run(MailAccount account, RedisSettings settings) {
        try (RedisLevel redis = RedisLevel.open(settings);
                MailCache cache = MailCache.over(CacheSettings.DEFAULT, redis);
                MailRuntime runtime = MailRuntime.builder()
                        .sharedLimits(redis.limits(lost -> System.err.println("Redis lost limits: " + lost)))
                        .build();
                MailClient mail = runtime.open(CachedAccount.of(account, cache))) {
            mail.emails().query(EmailQuery.in(Role.INBOX).limit(50)).stream()
                    .forEach(email -> System.out.println(email.subject()));
            return cache.statistics();
        }
    }
}
