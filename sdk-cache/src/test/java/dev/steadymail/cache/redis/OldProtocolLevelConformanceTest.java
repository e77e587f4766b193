package dev.steadymail.cache.redis;

import dev.steadymail.testkit.redis.RedisProcess;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** A Redis without RESP3, as some hosts have it: nothing is pushed, and the channel tells what was touched. */
class OldProtocolLevelConformanceTest extends PlaceConformance {
    private static RedisProcess redis;

    @BeforeAll
    static void startRedis() {
        redis = RedisProcess.start("--rename-command", "HELLO", "");
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
