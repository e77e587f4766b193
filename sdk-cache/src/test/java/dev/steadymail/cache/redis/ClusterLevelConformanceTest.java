package dev.steadymail.cache.redis;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.steadymail.cache.codec.ContentKeys;
import dev.steadymail.cache.shared.Begun;
import dev.steadymail.cache.shared.LastingName;
import dev.steadymail.cache.shared.Values;
import dev.steadymail.cache.shared.Wanted;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** On three nodes: accounts lie on any of them, and their channel is heard on one. */
class ClusterLevelConformanceTest extends PlaceConformance {
    private static final List<String> ACCOUNTS = List.of("ada", "bob", "eve");

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

    /** Accounts lie on any node, and their tenant on another. */
    @Test
    void tenant_holdsItsBound_overAllNodes() {
        int octets = 2_000;
        int bound = 50 * octets;
        RedisSettings settings = RedisSettings.encrypted(url(), ContentKeys.of(1, new byte[32]));
        try (RedisLevel level = Levels.connected(settings.withWeights(1 << 16, bound))) {
            for (int n = 0; n < 30; n++) {
                for (String account : ACCOUNTS) {
                    put(level, account, new LastingName(Integer.toString(n), ""), octets);
                }
            }
            SentinelRig.await("the tenant stays too heavy", () -> found(level) * octets <= bound);
            assertTrue(found(level) > 40, "more gave way than had to");
        }
    }

    private static void put(RedisLevel level, String account, LastingName name, int octets) {
        byte[] value = new byte[octets];
        // Nothing that could be compressed.
        new Random(name.hashCode()).nextBytes(value);
        Begun begun = level.begin(account, 0, Set.of(), 0, Duration.ofSeconds(1), Wanted.changing(List.of()))
                .orElseThrow();
        level.keep(account, "acme", begun, new Values(Map.of(), Map.of(name, value)));
        Levels.settle(level, account);
    }

    private static int found(RedisLevel level) {
        List<LastingName> names = IntStream.range(0, 30)
                .mapToObj(n -> new LastingName(Integer.toString(n), ""))
                .toList();
        return ACCOUNTS.stream()
                .mapToInt(account ->
                        level.find(account, Wanted.lasting(names)).lasting().size())
                .sum();
    }
}
