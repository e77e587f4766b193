/** What it costs to be seen: start at {@link dev.steadymail.benchmarks.observability.SeenCall}. */
@NullMarked
package dev.steadymail.benchmarks.observability;

import org.jspecify.annotations.NullMarked;
