package dev.steadymail.cache.redis;

import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;

/** A connection to Redis, wherever it is. Thread-safe. */
interface RedisLink {
    /**
     * Returns its commands, which never block.
     *
     * @throws io.lettuce.core.RedisException where there is no connection just now
     */
    RedisClusterAsyncCommands<byte[], byte[]> commands();
}
