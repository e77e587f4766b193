package dev.steadymail.cache.redis;

import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;

/** The way to Redis: one server, one behind sentinels, or a cluster. Thread-safe; never blocks. */
interface RedisLink {
    /** Returns commands of an open connection; fails unchecked where there is none. */
    RedisClusterAsyncCommands<byte[], byte[]> commands();
}
