/**
 * Ways through a proxy, without any I/O: octets in, octets out. Start at {@link dev.steadymail.imap.proxy.ProxyTunnel}. The proxy is
 * told an address, never a name: which addresses are allowed is judged before, and a proxy would look the name up anew. It is not
 * trusted either; what it says is bounded, and what comes after is for TLS to prove.
 */
@NullMarked
package dev.steadymail.imap.proxy;

import org.jspecify.annotations.NullMarked;
