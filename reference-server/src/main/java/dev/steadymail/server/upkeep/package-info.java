/** What is removed when its time is over; start at {@code Upkeep}. */
@NullMarked
package dev.steadymail.server.upkeep;

import org.jspecify.annotations.NullMarked;
