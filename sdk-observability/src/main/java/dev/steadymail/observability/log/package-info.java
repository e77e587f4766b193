/**
 * What clients do in the application's log: start at {@link dev.steadymail.observability.log.EventLog} for a line for each event, and at
 * {@link dev.steadymail.observability.log.MdcTracing} for keys on the lines of others.
 */
@NullMarked
package dev.steadymail.observability.log;

import org.jspecify.annotations.NullMarked;
