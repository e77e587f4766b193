/**
 * Where an account is and how to get in, as written on a command line: start at {@link dev.steadymail.cli.account.AccountUrl}.
 * Nothing here shows a secret or repeats text that could be one.
 */
@NullMarked
package dev.steadymail.cli.account;

import org.jspecify.annotations.NullMarked;
