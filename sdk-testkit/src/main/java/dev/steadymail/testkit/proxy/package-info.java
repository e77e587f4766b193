/**
 * A TCP proxy on loopback that goes wrong when told to, between any client and any server of a test: latency, slow lines, resets, half
 * closes, lost and damaged octets. Start reading at {@link dev.steadymail.testkit.proxy.FaultProxy}; what can go wrong is
 * {@link dev.steadymail.testkit.proxy.ProxyFault}. Inside, {@code ProxyLoop} is the one thread, {@code Link} a connection, and
 * {@code Pipe} one direction of it. Nothing here needs JUnit or any other library.
 */
@NullMarked
package dev.steadymail.testkit.proxy;

import org.jspecify.annotations.NullMarked;
