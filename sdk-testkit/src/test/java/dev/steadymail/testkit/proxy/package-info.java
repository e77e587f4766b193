/** Tests of the fault proxy, between real sockets on loopback. */
@NullMarked
package dev.steadymail.testkit.proxy;

import org.jspecify.annotations.NullMarked;
