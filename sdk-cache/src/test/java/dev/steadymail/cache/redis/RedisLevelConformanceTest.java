package dev.steadymail.cache.redis;

import dev.steadymail.testkit.redis.RedisProcess;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class RedisLevelConformanceTest extends PlaceConformance {
    private static RedisProcess redis;

    @BeforeAll
    static void startRedis() {
        redis = RedisProcess.start();
    }

    @AfterAll
    static void endRedis() {
        redis.close();
    }

    @Override
    String url() {
        return redis.url();
    }

    @Override
    void empty() {
        redis.command("FLUSHALL");
    }
}
