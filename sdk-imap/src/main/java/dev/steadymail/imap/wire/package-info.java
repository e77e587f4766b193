/**
 * Connections: few I/O threads that serve them all, TLS, and the running of commands over one connection. Start at
 * {@link dev.steadymail.imap.wire.ImapSession} for what a connection does; {@code Link} moves octets, {@code EventLoop} waits for them.
 *
 * <p>A connection belongs to one I/O thread, and everything that is said to be confined to that thread is touched by no other. An I/O
 * thread never blocks, never waits for another connection, and never runs code of an application.
 */
@NullMarked
package dev.steadymail.imap.wire;

import org.jspecify.annotations.NullMarked;
