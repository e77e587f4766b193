/**
 * Where batches of client events go: over HTTP, into a log, or into memory. Start at {@link dev.steadymail.observability.export.EventExporter},
 * which others implement too.
 */
@NullMarked
package dev.steadymail.observability.export;

import org.jspecify.annotations.NullMarked;
