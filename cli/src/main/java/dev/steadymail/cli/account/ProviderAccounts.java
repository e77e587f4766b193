package dev.steadymail.cli.account;

import dev.steadymail.cli.outcome.CommandException;
import dev.steadymail.provider.MailAccount;

/** The accounts of the providers that this command knows. */
public final class ProviderAccounts implements Accounts {
    public ProviderAccounts() {}

    @Override
    public MailAccount open(AccountUrl url, Secrets secrets) {
        throw CommandException.usage("not here yet");
    }
}
