package dev.steadymail.cache;

import dev.steadymail.guard.GuardProfile;
import dev.steadymail.mail.AccountId;
import dev.steadymail.provider.MailAccount;
import dev.steadymail.provider.MailProvider;
import dev.steadymail.provider.ProviderContext;

/** An account in memory whose id names it alone, so that its clients share what they read. */
record NamedAccount(AccountId id, MailAccount account) implements MailAccount {
    static NamedAccount of(String name, MailAccount account) {
        return new NamedAccount(new AccountId(name), account);
    }

    @Override
    public GuardProfile guard() {
        return new GuardProfile(account.guard().settings(), null, null);
    }

    @Override
    public MailProvider open(ProviderContext context) {
        return account.open(context);
    }
}
