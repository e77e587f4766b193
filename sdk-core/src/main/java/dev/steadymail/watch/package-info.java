/**
 * Hearing of changes as they happen. A watch only says when to look; what changed is told by {@link dev.steadymail.sync.SyncEngine},
 * whose cursor misses nothing that a lost message would. Start at {@link dev.steadymail.watch.WatchOptions}.
 */
@NullMarked
package dev.steadymail.watch;

import org.jspecify.annotations.NullMarked;
