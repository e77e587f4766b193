/**
 * IMAP accounts (RFC 3501 and its extensions): start at {@link dev.steadymail.imap.ImapAccount}, which is all that users need.
 * Inside, read {@code ImapProvider} for the operations, {@code ImapConnection} for one connection and {@code ChangeFeed} for
 * sync. Only UIDs leave this package, never sequence numbers.
 */
@NullMarked
package dev.steadymail.imap;

import org.jspecify.annotations.NullMarked;
