/** Replays what people did with their mail through a cache, and counts what Gmail would have charged. Start at {@link ReadingDay}. */
@NullMarked
package dev.steadymail.benchmarks.cache;

import org.jspecify.annotations.NullMarked;
