package dev.steadymail.cache;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.steadymail.cache.CacheStatistics.OfKind;
import dev.steadymail.cache.redis.Levels;
import dev.steadymail.cache.redis.RedisLevel;
import dev.steadymail.cache.redis.RedisSettings;
import dev.steadymail.testkit.redis.RedisProcess;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The worlds of {@link FreshnessModelTest} by two processes on a real Redis, in real time with short bounds: it is killed and started again
 * empty, stopped in its steps, flushed, full, forgets scripts and cuts connections. {@code -Dsteadymail.runs} worlds of each, or {@code -Dsteadymail.seed} alone, whose
 * story is the same again and whose times are not.
 */
class RedisFreshnessTest {
    private static final int RUNS = Integer.getInteger("steadymail.runs", 12);
    private static final CacheSettings SETTINGS = CacheSettings.DEFAULT
            .withFreshFor(Duration.ofSeconds(5).dividedBy(RealTime.SHORTER))
            .withSharedFreshFor(Duration.ofSeconds(30).dividedBy(RealTime.SHORTER));

    @Test
    @Timeout(1_200)
    void processesThatShareARedis_readNothingOlderThanTheBound_andTheirOwnChanges() {
        Long one = Long.getLong("steadymail.seed");
        long checked = 0;
        long shared = 0;
        long troubles = 0;
        try (RedisProcess redis = RedisProcess.start("--maxmemory-policy", "allkeys-lru")) {
            RedisSettings settings = RedisSettings.unencrypted(redis.url());
            for (long seed = one == null ? 0 : one; seed < (one == null ? RUNS : one + 1); seed++) {
                // Emails of one world are called as those of another.
                redis.command("FLUSHALL");
                Trouble trouble = new Trouble(redis);
                try (RedisLevel first = RedisLevel.open(settings);
                        RedisLevel second = RedisLevel.open(settings);
                        FreshnessWorld world =
                                new FreshnessWorld(seed, new RealTime(), List.of(first, second), SETTINGS)) {
                    Levels.settle(first);
                    Levels.settle(second);
                    world.play(trouble::disturb);
                    trouble.end();
                    checked += world.checked();
                    shared += world.sum(OfKind::sharedHits);
                    troubles += trouble.done;
                }
            }
        }
        System.out.println("cache model on Redis: " + checked + " answers checked, " + shared
                + " times something was in Redis, " + troubles + " troubles");
        assertTrue(one != null || shared > RUNS, "too few answers came from Redis to show anything: " + shared);
    }

    /** What happens to Redis. */
    private static final class Trouble {
        private final RedisProcess redis;
        private boolean killed;
        private boolean paused;
        private int done;

        Trouble(RedisProcess redis) {
            this.redis = redis;
        }

        void disturb(Random random) {
            int what = random.nextInt(200);
            if (killed || paused) {
                if (what < 20) {
                    end();
                }
                return;
            }
            if (what > 9) {
                return;
            }
            done++;
            switch (what) {
                case 0 -> {
                    redis.kill();
                    killed = true;
                }
                case 1 -> {
                    redis.pause();
                    paused = true;
                }
                case 2, 3 -> redis.command("FLUSHALL");
                case 4 -> redis.command("SCRIPT", "FLUSH");
                case 5 -> redis.command("CLIENT", "KILL", "TYPE", "normal");
                case 6 -> redis.command("CLIENT", "KILL", "TYPE", "pubsub");
                case 7 -> redis.command("CONFIG", "SET", "maxmemory", "1mb");
                case 8 -> redis.command("CONFIG", "SET", "maxmemory", "0");
                default -> redis.command("CLIENT", "PAUSE", "30");
            }
        }

        void end() {
            if (killed) {
                redis.run();
                killed = false;
            }
            if (paused) {
                redis.resume();
                paused = false;
            }
        }
    }
}
