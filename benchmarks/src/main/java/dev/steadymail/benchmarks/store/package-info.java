/**
 * What the mirror's state costs on files and what it would cost in SQLite: {@link dev.steadymail.benchmarks.store.StoreComparison}
 * measures both and prints the tables of {@code docs/benchmarks.md}.
 */
@NullMarked
package dev.steadymail.benchmarks.store;

import org.jspecify.annotations.NullMarked;
