package dev.steadymail.observability.canary;

import dev.steadymail.guard.GuardProfile;
import dev.steadymail.mail.AccountId;
import dev.steadymail.provider.MailAccount;
import dev.steadymail.provider.MailProvider;
import dev.steadymail.provider.ProviderContext;

/** An account under another id. */
record Renamed(MailAccount account, AccountId id) implements MailAccount {
    @Override
    public GuardProfile guard() {
        return account.guard();
    }

    @Override
    public MailProvider open(ProviderContext context) {
        return account.open(context);
    }
}
