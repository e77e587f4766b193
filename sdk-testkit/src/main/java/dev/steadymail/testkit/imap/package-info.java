/**
 * A small IMAP server that runs inside the test's own JVM, for tests of mail clients that need a real socket, real protocol text and
 * faults on demand. Start reading at {@link dev.steadymail.testkit.imap.ImapTestServer}; each IMAP command is a class of its own, and the
 * mailboxes behind them are {@code ServerMailbox} and {@code ServerMessage}. Nothing here needs JUnit or any other library.
 */
@NullMarked
package dev.steadymail.testkit.imap;

import org.jspecify.annotations.NullMarked;
