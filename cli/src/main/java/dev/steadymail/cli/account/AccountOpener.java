package dev.steadymail.cli.account;

import dev.steadymail.accounts.AccountUrl;
import dev.steadymail.provider.MailAccount;

/** Turns what the command line says into an account that can be opened. */
@FunctionalInterface
public interface AccountOpener {
    /**
     * Returns the account. Does no I/O but reading the secret, stored logins and files that the argument names.
     *
     * @throws dev.steadymail.cli.outcome.CommandException where there are no credentials, or a file cannot be read
     */
    MailAccount open(AccountUrl url, Secrets secrets);
}
