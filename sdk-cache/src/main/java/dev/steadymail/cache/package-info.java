/**
 * A cache of what was read from accounts, whose freshness is known: start at {@link dev.steadymail.cache.CachedAccount} and
 * {@link dev.steadymail.cache.MailCache}.
 */
@NullMarked
package dev.steadymail.cache;

import org.jspecify.annotations.NullMarked;
