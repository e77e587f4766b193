/** Time driven by hand, so that tests wait for nothing. Start at {@link dev.steadymail.testkit.time.ManualTime}. */
@NullMarked
package dev.steadymail.testkit.time;

import org.jspecify.annotations.NullMarked;
