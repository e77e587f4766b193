/**
 * Requests that may be sent twice and are done once: with the header {@code Idempotency-Key}, on routes that say {@link
 * dev.steadymail.server.idempotency.Idempotent}. Start reading at {@code IdempotencyCheck}, which decides before a request is done;
 * {@code IdempotencyFilter} keeps the answer afterwards.
 */
@NullMarked
package dev.steadymail.server.idempotency;

import org.jspecify.annotations.NullMarked;
