/**
 * What clients tell about themselves while they work, without private content: start at
 * {@link dev.steadymail.event.ClientEvent}.
 */
@NullMarked
package dev.steadymail.event;

import org.jspecify.annotations.NullMarked;
