/**
 * Accounts of every provider from one line of text: start at {@link dev.steadymail.accounts.AccountUrl} and
 * {@link dev.steadymail.accounts.Accounts}. Nothing here shows a secret or repeats text that could be one.
 */
@NullMarked
package dev.steadymail.accounts;

import org.jspecify.annotations.NullMarked;
