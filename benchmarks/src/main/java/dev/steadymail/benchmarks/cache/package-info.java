/**
 * What a cache costs and saves: {@link ReadingDay} replays what people did with their mail and counts what Gmail would have charged;
 * {@link MetadataCodec} and its like time what values cost on their way to a cache outside of the process and back, {@link HitInMemory} and
 * {@link HitOnRedis} what an answer of either level does.
 */
@NullMarked
package dev.steadymail.benchmarks.cache;

import org.jspecify.annotations.NullMarked;
