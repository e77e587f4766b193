/** The guard in manual time, and in virtual time against a simulated provider that is stricter than a real one. */
@NullMarked
package dev.steadymail.testkit.guard;

import org.jspecify.annotations.NullMarked;
