package dev.steadymail.cache.redis;

import dev.steadymail.cache.codec.KeyNames;
import dev.steadymail.testkit.redis.RedisProcess;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;

/** A Redis, and processes that share limits through it: each has a connection of its own. */
final class LimitsRig implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final RedisProcess redis;
    private final RedisClient client;

    LimitsRig(String... options) {
        this.redis = RedisProcess.start(options);
        this.client = RedisClient.create(uri(redis));
    }

    private static RedisURI uri(RedisProcess redis) {
        return RedisURI.builder(RedisURI.create(redis.url()))
                .withTimeout(PATIENCE)
                .build();
    }

    RedisProcess redis() {
        return redis;
    }

    RedisCommands<String, String> commands() {
        return client.connect().sync();
    }

    StatefulRedisConnection<byte[], byte[]> connection() {
        return client.connect(ByteArrayCodec.INSTANCE);
    }

    Member join(String prefix) {
        return new Member(connection(), prefix);
    }

    Member join(String prefix, MovedClock clock) {
        return new Member(connection(), prefix, clock);
    }

    /** Waits: nobody can move the clock of Redis by hand. */
    static void pass(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        for (long left = time.toNanos(); left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    static <T> T answer(CompletionStage<T> stage) {
        try {
            return stage.toCompletableFuture().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException interrupt) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while Redis was asked", interrupt);
        } catch (ExecutionException | TimeoutException failure) {
            throw new AssertionError("Redis gave no answer", failure);
        }
    }

    @Override
    public void close() {
        client.shutdown(Duration.ZERO, Duration.ofSeconds(2));
        redis.close();
    }

    /** One process. */
    static final class Member implements AutoCloseable {
        private final StatefulRedisConnection<byte[], byte[]> connection;
        private final List<LostLimits> lost = new CopyOnWriteArrayList<>();
        private final RedisLimits limits;

        /** One for whom a test moves the time. */
        Member(StatefulRedisConnection<byte[], byte[]> connection, String prefix, MovedClock clock) {
            this.connection = connection;
            this.limits = new RedisLimits(
                    clock.over(connection::async),
                    new LimitKeys(prefix, KeyNames.unkeyed()),
                    clock::now,
                    clock::nanos,
                    lost::add);
        }

        Member(StatefulRedisConnection<byte[], byte[]> connection, String prefix) {
            this.connection = connection;
            this.limits = new RedisLimits(
                    connection::async,
                    new LimitKeys(prefix, KeyNames.unkeyed()),
                    InstantSource.system(),
                    System::nanoTime,
                    lost::add);
        }

        RedisLimits limits() {
            return limits;
        }

        /** Returns what it was told to be lost. */
        List<LostLimits> lost() {
            return lost;
        }

        @Override
        public void close() {
            connection.close();
        }
    }
}
