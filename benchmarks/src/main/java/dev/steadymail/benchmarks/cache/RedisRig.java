package dev.steadymail.benchmarks.cache;

import dev.steadymail.cache.codec.ContentKeys;
import dev.steadymail.cache.redis.RedisLevel;
import dev.steadymail.cache.redis.RedisSettings;
import dev.steadymail.cache.shared.Begun;
import dev.steadymail.cache.shared.Found;
import dev.steadymail.cache.shared.LastingName;
import dev.steadymail.cache.shared.SharedName;
import dev.steadymail.cache.shared.Values;
import dev.steadymail.cache.shared.Wanted;
import dev.steadymail.testkit.redis.RedisProcess;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** A Redis with the level of the cache on it, and a bare client beside. Not thread-safe. */
final class RedisRig implements AutoCloseable {
    /** Longer than anything takes here: what is measured is a hit and never a look that was given up. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final String ACCOUNT = "person@example.com";

    private final RedisProcess redis = RedisProcess.start();
    private final RedisLevel level =
            RedisLevel.open(RedisSettings.encrypted(redis.url(), ContentKeys.of(1, new byte[32]))
                    .withPatience(PATIENCE));
    private final RedisClient client = RedisClient.create(redis.url());
    private final StatefulRedisConnection<byte[], byte[]> connection = client.connect(ByteArrayCodec.INSTANCE);

    RedisCommands<byte[], byte[]> bare() {
        return connection.sync();
    }

    Found find(Wanted wanted) {
        return level.find(ACCOUNT, wanted);
    }

    /** Keeps values and waits until they are there. */
    void keep(Map<SharedName, byte[]> changing, Map<LastingName, byte[]> lasting) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        Wanted wanted = new Wanted(List.copyOf(changing.keySet()), List.copyOf(lasting.keySet()));
        Optional<Begun> begun = Optional.empty();
        while (begun.isEmpty()) {
            rest(end);
            begun = level.begin(ACCOUNT, 0, Set.of(), 0, Duration.ofSeconds(1), Wanted.lasting(Set.of()));
        }
        level.keep(ACCOUNT, "", begun.get(), new Values(changing, lasting));
        while (!isWhole(find(wanted), wanted)) {
            rest(end);
        }
    }

    /** The level connects in the background, and nobody hears when it has kept something. */
    private static void rest(long end) throws InterruptedException {
        if (System.nanoTime() > end) {
            throw new IllegalStateException("the level does not keep anything");
        }
        TimeUnit.MILLISECONDS.sleep(5);
    }

    static boolean isWhole(Found found, Wanted wanted) {
        return found.changing().size() == wanted.changing().size()
                && found.lasting().size() == wanted.lasting().size();
    }

    @Override
    public void close() {
        connection.close();
        client.shutdown(0, PATIENCE.toSeconds(), TimeUnit.SECONDS);
        level.close();
        redis.close();
    }
}
