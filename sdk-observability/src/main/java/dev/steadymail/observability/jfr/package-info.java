/** Events of JDK Flight Recorder for what clients do: start at {@link dev.steadymail.observability.jfr.JfrTracing}. */
@NullMarked
package dev.steadymail.observability.jfr;

import org.jspecify.annotations.NullMarked;
