package dev.steadymail.cache.redis;

import dev.steadymail.testkit.redis.RedisProcess;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** A user that may not use CLIENT, and so no tracking: the channel tells what was touched. */
class ChannelLevelConformanceTest extends PlaceConformance {
    private static RedisProcess redis;

    @BeforeAll
    static void startRedis() {
        redis = RedisProcess.start();
        redis.command("ACL", "SETUSER", "mail", "on", ">secret", "~*", "&*", "+@all", "-client");
    }

    @AfterAll
    static void endRedis() {
        redis.close();
    }

    @Override
    String url() {
        return "redis://mail:secret@127.0.0.1:" + redis.port();
    }

    @Override
    void empty() {
        redis.command("FLUSHALL");
    }
}
