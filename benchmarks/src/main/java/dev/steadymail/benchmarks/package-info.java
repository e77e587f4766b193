/**
 * What the guard costs beside its peers: {@link dev.steadymail.benchmarks.Benchmarks} runs everything and prints the tables of
 * {@code docs/benchmarks.md}; each benchmark's class says which question it answers.
 */
@NullMarked
package dev.steadymail.benchmarks;

import org.jspecify.annotations.NullMarked;
