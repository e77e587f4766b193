/**
 * Keeping a store equal to a mailbox: start at {@link dev.steadymail.sync.SyncEngine} and
 * {@link dev.steadymail.sync.SyncStore}.
 */
@NullMarked
package dev.steadymail.sync;

import org.jspecify.annotations.NullMarked;
