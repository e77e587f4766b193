package dev.steadymail.benchmarks.cache;

import dev.steadymail.guard.GuardProfile;
import dev.steadymail.guard.GuardSettings;
import dev.steadymail.mail.AccountId;
import dev.steadymail.provider.MailAccount;
import dev.steadymail.provider.MailProvider;
import dev.steadymail.provider.ProviderContext;

/** A generated inbox as an account; it can be opened once. */
record GeneratedAccount(AccountId id, GeneratedProvider provider) implements MailAccount {
    @Override
    public GuardProfile guard() {
        return new GuardProfile(GuardSettings.builder().build(), null, null);
    }

    @Override
    public MailProvider open(ProviderContext context) {
        return provider;
    }
}
