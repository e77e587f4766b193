package dev.steadymail.cache.redis;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.steadymail.cache.codec.ContentKeys;
import dev.steadymail.cache.shared.TouchListener;
import dev.steadymail.testkit.redis.RedisProcess;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Redis, or the server that it moved to, is there only after the level was opened. */
class LateRedisTest {
    private static final ContentKeys KEYS = ContentKeys.of(1, new byte[32]);

    @Test
    void whoFollowedBeforeRedisWasThere_hears() {
        try (RedisProcess redis = RedisProcess.start()) {
            redis.kill();
            RedisSettings settings = RedisSettings.encrypted(redis.url(), KEYS);
            try (RedisLevel level = RedisLevel.open(settings.withPatience(Duration.ofSeconds(5)))) {
                Heard heard = new Heard();
                var unused = level.follow("ada", heard);
                SentinelRig.await(
                        "the level does not ask",
                        () -> level.touchAll("ada", 0).isEmpty()
                                && level.statistics().failed() > 3);
                redis.run();
                Levels.settle(level);
                try (RedisLevel other = Levels.connected(settings)) {
                    SentinelRig.await(
                            "nothing is heard",
                            () -> other.touch("ada", 0, List.of("1")).isPresent() && heard.touched());
                }
            }
        }
    }

    /** A master that hangs keeps its connections: they must be given up. */
    @Test
    void whereTheMasterHangs_theLevelGoesOnWithItsReplica_andHears() {
        try (SentinelRig rig = new SentinelRig()) {
            RedisSettings settings = RedisSettings.encrypted(rig.url(), KEYS);
            try (RedisLevel level = RedisLevel.open(settings.withPatience(Duration.ofMillis(200)))) {
                Levels.settle(level);
                Heard heard = new Heard();
                var unused = level.follow("ada", heard);
                rig.master().pause();
                rig.awaitPromotion();
                Levels.settle(level);
                try (RedisLevel other = Levels.connected(settings)) {
                    SentinelRig.await(
                            "nothing is heard",
                            () -> other.touch("ada", 0, List.of("1")).isPresent() && heard.touched());
                }
            }
        }
    }

    private static final class Heard implements TouchListener {
        private final CountDownLatch touched = new CountDownLatch(1);

        boolean touched() {
            return touched.getCount() == 0;
        }

        @Override
        public void touched(Collection<String> states) {
            assertTrue(states.contains("1"));
            touched.countDown();
        }

        @Override
        public void touchedAll() {}

        @Override
        public void missed() {}

        @Override
        public void forgotten() {
            throw new AssertionError("nobody said so");
        }
    }
}
