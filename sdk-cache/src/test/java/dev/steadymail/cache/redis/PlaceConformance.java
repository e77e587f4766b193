package dev.steadymail.cache.redis;

import dev.steadymail.cache.codec.ContentKeys;
import dev.steadymail.cache.shared.SharedLevel;
import dev.steadymail.cache.shared.SharedLevelConformance;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** What a level does wherever Redis is. */
abstract class PlaceConformance extends SharedLevelConformance {
    private final List<RedisLevel> opened = new ArrayList<>();

    abstract String url();

    abstract void empty();

    @BeforeEach
    void beginEmpty() {
        empty();
    }

    @AfterEach
    void close() {
        opened.forEach(RedisLevel::close);
    }

    @Override
    protected SharedLevel open() {
        RedisLevel level = Levels.connected(RedisSettings.encrypted(url(), ContentKeys.of(1, new byte[32])));
        opened.add(level);
        return level;
    }

    @Override
    protected void settle() {
        // In a cluster each account has a node of its own to be waited for.
        opened.forEach(level -> Levels.settle(level, ADA));
    }
}
