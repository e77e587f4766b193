/**
 * Writes messages to send: {@link dev.steadymail.mime.write.MessageWriter}.
 */
@NullMarked
package dev.steadymail.mime.write;

import org.jspecify.annotations.NullMarked;
