/**
 * A simulator of syncs: a mailbox that others change, a provider and a store that everything happens to, and what must be true of them
 * all the same. Start at {@link dev.steadymail.testkit.sync.SyncSimulation}.
 */
@NullMarked
package dev.steadymail.testkit.sync;

import org.jspecify.annotations.NullMarked;
