/**
 * What {@code send} and {@code drafts} do: messages made from arguments and files, and runs of an outbox. Start at
 * {@link dev.steadymail.cli.send.OutboxRun} and {@link dev.steadymail.cli.send.Letter}.
 */
@NullMarked
package dev.steadymail.cli.send;

import org.jspecify.annotations.NullMarked;
