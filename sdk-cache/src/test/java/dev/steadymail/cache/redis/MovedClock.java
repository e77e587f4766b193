package dev.steadymail.cache.redis;

import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Lets a test move the clock that scripts read: each is sent whole, with a time written into it where it asks Redis for the time. Keys still
 * expire by the real clock. Thread-safe.
 */
final class MovedClock {
    private static final String ASKED = "redis.call('TIME')";
    private static final String UNKNOWN = "0".repeat(40);
    private static final long MICROS = 1_000_000;

    private final AtomicLong micros = new AtomicLong(System.currentTimeMillis() * 1_000);

    void pass(Duration time) {
        micros.addAndGet(Math.addExact(time.toSeconds() * MICROS, (time.toNanosPart() + 999) / 1_000));
    }

    Instant now() {
        long now = micros.get();
        return Instant.ofEpochSecond(now / MICROS, now % MICROS * 1_000);
    }

    long nanos() {
        return micros.get() * 1_000;
    }

    /** Returns a link whose scripts read this clock. */
    RedisLink over(RedisLink link) {
        return () -> over(link.commands());
    }

    @SuppressWarnings("unchecked")
    private RedisClusterAsyncCommands<byte[], byte[]> over(RedisClusterAsyncCommands<byte[], byte[]> commands) {
        return (RedisClusterAsyncCommands<byte[], byte[]>) Proxy.newProxyInstance(
                MovedClock.class.getClassLoader(),
                new Class<?>[] {RedisClusterAsyncCommands.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("evalsha")) {
                        // What Redis knows by a hash would read its own clock.
                        arguments[0] = UNKNOWN;
                    }
                    if (method.getName().equals("eval") && arguments[0] instanceof byte[] script) {
                        arguments[0] = timed(script);
                    }
                    try {
                        return method.invoke(commands, arguments);
                    } catch (InvocationTargetException failure) {
                        throw failure.getCause();
                    }
                });
    }

    private byte[] timed(byte[] script) {
        String source = new String(script, StandardCharsets.UTF_8);
        if (!source.contains(ASKED)) {
            throw new IllegalStateException("the script asks for the time in another way");
        }
        long now = micros.get();
        String time = "{ " + now / MICROS + ", " + now % MICROS + " }";
        return source.replace(ASKED, time).getBytes(StandardCharsets.UTF_8);
    }
}
