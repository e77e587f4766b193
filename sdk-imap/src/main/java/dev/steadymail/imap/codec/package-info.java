/**
 * Octets of an IMAP server to typed responses (RFC 3501 and 9051, section 9), without any I/O: whoever reads from a connection feeds
 * them in as they come. Start at {@link dev.steadymail.imap.codec.ResponseReader}; below it {@code ResponseFramer} finds where a
 * response ends, and {@code ResponseParser} says what it means. Every size that a server chooses has a bound in
 * {@link dev.steadymail.imap.codec.CodecLimits}.
 */
@NullMarked
package dev.steadymail.imap.codec;

import org.jspecify.annotations.NullMarked;
