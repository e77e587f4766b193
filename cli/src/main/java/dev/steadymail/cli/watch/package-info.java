/**
 * An account watched until somebody ends it, and every change printed as a line of JSON. Start at
 * {@link dev.steadymail.cli.watch.AccountWatch}.
 */
@NullMarked
package dev.steadymail.cli.watch;

import org.jspecify.annotations.NullMarked;
