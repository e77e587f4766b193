/**
 * Client events on their way out of the process: a bounded ring, batches, and their delivery. Start at
 * {@link dev.steadymail.observability.events.EventBatcher}; the shape of what is sent is in {@code client-events.schema.json} beside it.
 */
@NullMarked
package dev.steadymail.observability.events;

import org.jspecify.annotations.NullMarked;
