/**
 * A mailbox copied to a folder: messages by the hash of their content, an index, and a state of our own that survives being
 * killed at any moment. Start at {@link dev.steadymail.cli.mirror.Mirror}.
 */
@NullMarked
package dev.steadymail.cli.mirror;

import org.jspecify.annotations.NullMarked;
