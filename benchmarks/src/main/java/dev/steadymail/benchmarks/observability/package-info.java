/** What it costs to be listened to: start at {@link dev.steadymail.benchmarks.observability.EventHandOff}. */
@NullMarked
package dev.steadymail.benchmarks.observability;

import org.jspecify.annotations.NullMarked;
