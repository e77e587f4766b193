package dev.steadymail.testkit.proxy;

import java.nio.ByteBuffer;
import java.nio.channels.Selector;

/**
 * What the connections of a loop share. Guarded by the loop's lock.
 *
 * @param scratch where each read goes first
 * @param bufferBytes room for octets under way, of each direction of each connection
 */
record Wiring(Selector selector, Timers timers, Tally tally, ByteBuffer scratch, int bufferBytes) {}
