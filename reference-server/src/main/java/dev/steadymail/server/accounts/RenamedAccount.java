package dev.steadymail.server.accounts;

import dev.steadymail.guard.GuardProfile;
import dev.steadymail.mail.AccountId;
import dev.steadymail.mail.Protocol;
import dev.steadymail.provider.MailAccount;
import dev.steadymail.provider.MailProvider;
import dev.steadymail.provider.ProviderContext;

/** An account under another identity, for what keeps state by it. Immutable. */
record RenamedAccount(MailAccount account, AccountId id) implements MailAccount {
    @Override
    public GuardProfile guard() {
        return account.guard();
    }

    @Override
    public Protocol protocol() {
        return account.protocol();
    }

    @Override
    public MailProvider open(ProviderContext context) {
        return account.open(context);
    }

    @Override
    public String toString() {
        return "RenamedAccount[hidden]";
    }
}
