package dev.steadymail.cache.redis;

import dev.steadymail.cache.codec.ContentKeys;
import dev.steadymail.cache.shared.SharedLevel;
import dev.steadymail.cache.shared.SharedLevelConformance;
import dev.steadymail.testkit.redis.RedisProcess;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

class RedisLevelConformanceTest extends SharedLevelConformance {
    private static RedisProcess redis;

    private final List<RedisLevel> opened = new ArrayList<>();

    @BeforeAll
    static void startRedis() {
        redis = RedisProcess.start();
    }

    @AfterAll
    static void endRedis() {
        redis.close();
    }

    @BeforeEach
    void empty() {
        redis.command("FLUSHALL");
    }

    @AfterEach
    void close() {
        opened.forEach(RedisLevel::close);
    }

    @Override
    protected SharedLevel open() {
        RedisLevel level = Levels.connected(RedisSettings.encrypted(redis.url(), ContentKeys.of(1, new byte[32])));
        opened.add(level);
        return level;
    }

    @Override
    protected void settle() {
        opened.forEach(Levels::settle);
    }
}
