package dev.steadymail.gmail;

import dev.steadymail.guard.GuardProfile;
import dev.steadymail.mail.AccountId;
import dev.steadymail.provider.MailAccount;
import dev.steadymail.provider.MailProvider;
import dev.steadymail.provider.ProviderContext;

/** An account that keeps the provider which its client was opened with, for what clients do not offer yet. */
final class OpenedAccount implements MailAccount {
    private final GmailAccount gmail;
    private MailProvider provider;

    OpenedAccount(GmailAccount gmail) {
        this.gmail = gmail;
    }

    MailProvider provider() {
        return provider;
    }

    @Override
    public AccountId id() {
        return gmail.id();
    }

    @Override
    public GuardProfile guard() {
        return gmail.guard();
    }

    @Override
    public MailProvider open(ProviderContext context) {
        provider = gmail.open(context);
        return provider;
    }
}
