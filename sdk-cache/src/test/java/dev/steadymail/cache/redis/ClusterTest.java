package dev.steadymail.cache.redis;

import static dev.steadymail.cache.redis.LimitsRig.answer;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.steadymail.cache.codec.KeyNames;
import dev.steadymail.guard.CircuitCause;
import dev.steadymail.guard.SharedLimits.Demand;
import dev.steadymail.guard.SharedLimits.Opening;
import dev.steadymail.guard.SharedLimits.Share;
import dev.steadymail.guard.SharedLimits.Verdict;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.codec.ByteArrayCodec;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A cluster of one node refuses scripts whose keys are in several slots, as every cluster does. */
class ClusterTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    @Test
    void limits_areKeptInACluster() {
        try (RedisCluster redis = RedisCluster.start(1)) {
            RedisClusterClient client = RedisClusterClient.create(redis.node(0).url());
            try {
                var connection = client.connect(ByteArrayCodec.INSTANCE);
                useLimits(new RedisLimits(
                        connection::async,
                        new LimitKeys("test", KeyNames.unkeyed()),
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
}
