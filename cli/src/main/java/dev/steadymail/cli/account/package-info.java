/**
 * The account that a command line names, and where its secret comes from: start at
 * {@link dev.steadymail.cli.account.ProviderAccounts}. Nothing here shows a secret.
 */
@NullMarked
package dev.steadymail.cli.account;

import org.jspecify.annotations.NullMarked;
