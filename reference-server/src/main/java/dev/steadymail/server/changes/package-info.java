/**
 * Changing mail: done at the provider first, then written down as a sync would write it, so that the next request shows it. Start reading
 * at {@code EmailChanges}.
 */
@NullMarked
package dev.steadymail.server.changes;

import org.jspecify.annotations.NullMarked;
