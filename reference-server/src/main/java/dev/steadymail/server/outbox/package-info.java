/**
 * Sending: what was accepted is in the database before it is said so, and leaves once. The work is the SDK's outbox; here is who may use it
 * how much, and that somebody works at it after every start. {@link dev.steadymail.server.outbox.Submissions} is where to start.
 */
@NullMarked
package dev.steadymail.server.outbox;

import org.jspecify.annotations.NullMarked;
