package dev.steadymail.cache.redis;

import dev.steadymail.cache.shared.SharedLevel;
import dev.steadymail.cache.shared.Wanted;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/** Levels of tests, which are patient, as machines that test are slow. */
public final class Levels {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final long TRY_AGAIN = Duration.ofMillis(5).toNanos();

    private Levels() {}

    /** Opens a level and waits until it is connected. */
    public static RedisLevel connected(RedisSettings settings) {
        RedisLevel level = RedisLevel.open(settings.withPatience(PATIENCE));
        try {
            settle(level);
            return level;
        } catch (AssertionError failure) {
            level.close();
            throw failure;
        }
    }

    /** Waits until a question is answered, and with it all that was sent before, where there is one server. */
    public static void settle(SharedLevel level) {
        settle(level, "settle");
    }

    /** Waits until a question is answered, and with it all that was sent before of an account. */
    static void settle(SharedLevel level, String account) {
        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (level.begin(account, 0, Set.of(), 0, PATIENCE, Wanted.changing(List.of()))
                .isEmpty()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("Redis does not answer");
            }
            LockSupport.parkNanos(TRY_AGAIN);
        }
    }
}
