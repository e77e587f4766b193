package dev.steadymail.cache.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.steadymail.cache.CacheSettings;
import dev.steadymail.cache.MailCache;
import dev.steadymail.cache.codec.ContentKeys;
import dev.steadymail.cache.shared.Begun;
import dev.steadymail.cache.shared.Found;
import dev.steadymail.cache.shared.LastingName;
import dev.steadymail.cache.shared.Values;
import dev.steadymail.cache.shared.Wanted;
import dev.steadymail.mail.AccountId;
import dev.steadymail.testkit.redis.RedisProcess;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is to be gone is gone, and what came too late holds nobody up. */
@Timeout(120)
class RedisForgetTest {
    private static final AccountId ADA = new AccountId("imap:ada@example.com");
    private static final int MANY = 2_500;
    private static final int AT_ONCE = 100;

    private static RedisProcess redis;

    @BeforeAll
    static void start() {
        redis = RedisProcess.start();
    }

    @AfterAll
    static void stop() {
        redis.close();
    }

    private static RedisSettings settings() {
        return RedisSettings.encrypted(redis.url(), ContentKeys.of(1, new byte[32]));
    }

    @Test
    void invalidate_ofAnAccountNobodyOpenedHere_removesAllOfIt() {
        try (RedisLevel level = Levels.connected(settings())) {
            for (int from = 0; from < MANY; from += AT_ONCE) {
                keep(level, from);
            }
            Levels.settle(level);
            assertEquals(2, find(level).lasting().size());
        }
        try (RedisLevel admins = Levels.connected(settings());
                MailCache cache = MailCache.over(CacheSettings.DEFAULT, admins)) {
            assertTrue(cache.invalidate(ADA));
            assertEquals(Found.NOTHING, find(admins));
        }
    }

    @Test
    void invalidate_whileRedisIsAway_saysSo() {
        try (RedisProcess away = RedisProcess.start()) {
            RedisSettings there = RedisSettings.unencrypted(away.url());
            away.kill();
            try (RedisLevel level = RedisLevel.open(there);
                    MailCache cache = MailCache.over(CacheSettings.DEFAULT, level)) {
                assertFalse(cache.invalidate(ADA));
            }
        }
    }

    /** Redis is silent for longer than anybody waits: the claim it gives out afterwards is given back. */
    @Test
    void claimThatCameTooLate_isGivenBack() {
        Duration anHour = Duration.ofHours(1);
        try (RedisLevel other = Levels.connected(settings());
                RedisLevel hasty = RedisLevel.open(settings().withPatience(Duration.ofMillis(20)))) {
            Levels.settle(hasty);
            redis.command("CLIENT", "PAUSE", "300");
            Optional<Begun> begun = hasty.begin(ADA.value(), 0, Set.of("late"), 0, anHour, Wanted.changing(List.of()));
            assertTrue(begun.isEmpty(), "Redis answered although it was paused");
            long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
            while (true) {
                Begun later = other.begin(ADA.value(), 0, Set.of("late"), 0, anHour, Wanted.changing(List.of()))
                        .orElseThrow();
                if (later.granted().contains("late")) {
                    return;
                }
                assertTrue(System.nanoTime() - end < 0, "the claim is held");
            }
        }
    }

    private static void keep(RedisLevel level, int from) {
        Begun begun = level.begin(ADA.value(), 0, Set.of(), 0, Duration.ofSeconds(1), Wanted.changing(List.of()))
                .orElseThrow();
        Map<LastingName, byte[]> values = new HashMap<>();
        for (int i = from; i < from + AT_ONCE; i++) {
            values.put(new LastingName("email " + i, ""), new byte[] {1, 2, 3});
        }
        level.keep(ADA.value(), "", begun, new Values(Map.of(), values));
    }

    private static Found find(RedisLevel level) {
        return level.find(
                ADA.value(),
                Wanted.lasting(List.of(new LastingName("email 0", ""), new LastingName("email " + (MANY - 1), ""))));
    }
}
