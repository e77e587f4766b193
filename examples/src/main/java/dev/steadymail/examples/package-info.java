/** One small program per capability. */
@NullMarked
package dev.steadymail.examples;

import org.jspecify.annotations.NullMarked;
