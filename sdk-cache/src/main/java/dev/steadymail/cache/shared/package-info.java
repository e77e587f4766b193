/**
 * What a cache asks of the level beneath it, which several processes share. {@link dev.steadymail.cache.redis.RedisLevel} is one.
 */
@NullMarked
package dev.steadymail.cache.shared;

import org.jspecify.annotations.NullMarked;
