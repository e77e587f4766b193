/** The second level of the cache, and limits that processes share, on Redis. Needs Lettuce and LZ4 on the class path. */
@NullMarked
package dev.steadymail.cache.redis;

import org.jspecify.annotations.NullMarked;
