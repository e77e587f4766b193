/** A Redis of one's own for a test. */
@NullMarked
package dev.steadymail.testkit.redis;

import org.jspecify.annotations.NullMarked;
