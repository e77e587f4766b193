/**
 * A world of its own, driven by one seed on one thread: virtual time, chance and faults, so that a failure found once can be found
 * again. Start at {@link dev.steadymail.testkit.simulation.Simulation}.
 */
@NullMarked
package dev.steadymail.testkit.simulation;

import org.jspecify.annotations.NullMarked;
