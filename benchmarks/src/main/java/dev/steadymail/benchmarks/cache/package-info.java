/** What values cost on their way to a cache outside of the process and back. */
@NullMarked
package dev.steadymail.benchmarks.cache;

import org.jspecify.annotations.NullMarked;
