package dev.steadymail.cache.redis;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** On a master that a sentinel names. */
class SentinelLevelConformanceTest extends PlaceConformance {
    private static SentinelRig redis;

    @BeforeAll
    static void startRedis() {
        redis = new SentinelRig();
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
        redis.empty();
    }
}
