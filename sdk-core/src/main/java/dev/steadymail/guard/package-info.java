/**
 * Everything that stands between a call and the wire: attempts, their time limits, retries and pauses. Start at
 * {@link dev.steadymail.guard.Guard}.
 */
@NullMarked
package dev.steadymail.guard;

import org.jspecify.annotations.NullMarked;
