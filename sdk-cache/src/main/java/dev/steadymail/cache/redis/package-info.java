/** What processes share through Redis: start at {@link dev.steadymail.cache.redis.RedisLimits}. */
@NullMarked
package dev.steadymail.cache.redis;

import org.jspecify.annotations.NullMarked;
