package dev.steadymail.benchmarks.cache;

import dev.steadymail.guard.GuardProfile;
import dev.steadymail.mail.AccountId;
import dev.steadymail.provider.MailAccount;
import dev.steadymail.provider.MailProvider;
import dev.steadymail.provider.ProviderContext;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** An account that keeps hold of the provider that was opened for it: a client has no page of a list by its token. Not thread-safe. */
final class OpenedAccount implements MailAccount {
    private final MailAccount account;
    private @Nullable MailProvider provider;

    OpenedAccount(MailAccount account) {
        this.account = account;
    }

    MailProvider provider() {
        return Objects.requireNonNull(provider, "not opened yet");
    }

    @Override
    public AccountId id() {
        return account.id();
    }

    @Override
    public GuardProfile guard() {
        return account.guard();
    }

    @Override
    public MailProvider open(ProviderContext context) {
        MailProvider opened = account.open(context);
        provider = opened;
        return opened;
    }
}
