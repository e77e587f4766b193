package dev.steadymail.cache.redis;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** On three nodes: accounts lie on any of them, and their channel is heard on one. */
class ClusterLevelConformanceTest extends PlaceConformance {
    private static RedisCluster redis;

    @BeforeAll
    static void startRedis() {
        redis = RedisCluster.start(3);
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
