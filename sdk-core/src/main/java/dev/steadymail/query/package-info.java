/**
 * What to look for: start at {@link dev.steadymail.query.EmailQuery}.
 */
@NullMarked
package dev.steadymail.query;

import org.jspecify.annotations.NullMarked;
