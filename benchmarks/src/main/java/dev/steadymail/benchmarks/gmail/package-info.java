/** Measures Gmail's answers and how they are asked for beside Google's own client and a plain one. */
@NullMarked
package dev.steadymail.benchmarks.gmail;

import org.jspecify.annotations.NullMarked;
