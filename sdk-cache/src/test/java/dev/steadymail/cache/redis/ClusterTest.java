package dev.steadymail.cache.redis;

import static dev.steadymail.cache.redis.LimitsRig.answer;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.steadymail.guard.CircuitCause;
import dev.steadymail.guard.SharedLimits.Demand;
import dev.steadymail.guard.SharedLimits.Opening;
import dev.steadymail.guard.SharedLimits.Share;
import dev.steadymail.guard.SharedLimits.Verdict;
import dev.steadymail.testkit.redis.RedisProcess;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.codec.ByteArrayCodec;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A cluster of one node refuses scripts whose keys are in several slots, as every cluster does. */
class ClusterTest {
    private static final int SLOTS = 16_384;
    private static final int TRIES = 20;
    private static final Duration MINUTE = Duration.ofMinutes(1);

    @Test
    void limits_areKeptInACluster() {
        try (RedisProcess redis = startCluster()) {
            RedisClusterClient client = RedisClusterClient.create(redis.url());
            try {
                var connection = client.connect(ByteArrayCodec.INSTANCE);
                useLimits(new RedisLimits(
                        connection::async,
                        LimitKeys.hashed("test"),
                        InstantSource.system(),
                        System::nanoTime,
                        lost -> {}));
            } finally {
                client.shutdown(Duration.ZERO, Duration.ofSeconds(2));
            }
        }
    }

    private static void useLimits(RedisLimits limits) {
        List<Share> shares = IntStream.range(0, 16)
                .mapToObj(number -> new Share("quota" + number, 10, MINUTE, 0))
                .toList();
        Demand demand = new Demand(List.of("a", "b"), shares, 10);
        assertEquals(new Verdict.Granted(), answer(limits.admit(demand)));
        assertInstanceOf(Verdict.NoRoom.class, answer(limits.admit(demand)));
        assertTrue(answer(
                limits.open(new Opening("b", CircuitCause.FAILING, Instant.now().plus(MINUTE)))));
        assertInstanceOf(Verdict.Open.class, answer(limits.admit(demand)));
        assertTrue(answer(limits.close("b")));
    }

    private static RedisProcess startCluster() {
        RedisProcess redis = startNode();
        redis.command(Stream.concat(
                        Stream.of("CLUSTER", "ADDSLOTS"),
                        IntStream.range(0, SLOTS).mapToObj(Integer::toString))
                .toArray(String[]::new));
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!redis.command("CLUSTER", "INFO").contains("cluster_state:ok")) {
            assertTrue(System.nanoTime() < end, "the cluster does not come up");
            LimitsRig.pass(Duration.ofMillis(10));
        }
        return redis;
    }

    /** Nodes of a cluster need a second port, 10,000 above the first, which may be taken or be none. */
    private static RedisProcess startNode() {
        UncheckedIOException last = null;
        for (int attempt = 0; attempt < TRIES; attempt++) {
            try {
                return RedisProcess.start("--cluster-enabled", "yes");
            } catch (UncheckedIOException failure) {
                last = failure;
            }
        }
        throw new AssertionError("no node could be started", last);
    }
}
