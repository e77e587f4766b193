/**
 * Two providers of one mailbox as one account: one for ids, states and changes, another for the octets of a back-fill. Start at
 * {@link dev.steadymail.hybrid.HybridAccount}; what is read by which door, and why, is decided in {@code BulkBodies}.
 */
@NullMarked
package dev.steadymail.hybrid;

import org.jspecify.annotations.NullMarked;
