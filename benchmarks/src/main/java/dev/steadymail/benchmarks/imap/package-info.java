/**
 * Reading a whole mailbox over IMAP: a plain socket, Angus Mail and this SDK side by side against one server. {@code rigs/imap_speed.py}
 * starts the server, asks {@link dev.steadymail.benchmarks.imap.ImapSpeed} for one run after the other, and prints the table.
 */
@NullMarked
package dev.steadymail.benchmarks.imap;

import org.jspecify.annotations.NullMarked;
