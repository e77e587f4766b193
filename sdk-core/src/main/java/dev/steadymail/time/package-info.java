/**
 * Clock, ticker, chance and timers in one value, so that tests drive time by hand: start at
 * {@link dev.steadymail.time.TimeSource}.
 */
@NullMarked
package dev.steadymail.time;

import org.jspecify.annotations.NullMarked;
