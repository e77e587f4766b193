/** What it costs to be seen: events, metrics and traces beside what an application would write by hand. */
@NullMarked
package dev.steadymail.benchmarks.observability;

import org.jspecify.annotations.NullMarked;
