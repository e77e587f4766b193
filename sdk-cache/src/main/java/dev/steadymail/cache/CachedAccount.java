package dev.steadymail.cache;

import dev.steadymail.guard.GuardProfile;
import dev.steadymail.mail.AccountId;
import dev.steadymail.provider.MailAccount;
import dev.steadymail.provider.MailProvider;
import dev.steadymail.provider.ProviderContext;

/**
 * An account that is read through a cache. What never changes (headers, structure, content) is kept as long as there is room. What does
 * (mailboxes, keywords, lists) is good while something vouches for it: a watch of this client that has told nothing since a sync of all
 * mailboxes began, and for {@link CacheSettings#freshFor} after it was read, or after such a sync began. Changes that a sync tells are
 * taken over. What this process changes through any client of the account is seen by every read that begins afterwards.
 *
 * <pre>{@code
 * MailCache cache = MailCache.inMemory(CacheSettings.DEFAULT);
 * MailClient mail = runtime.open(CachedAccount.of(account, cache));
 * }</pre>
 *
 * Clients of one account share what they read where its id names that account alone; "me" does not.
 *
 * <p>Immutable and thread-safe.
 */
public final class CachedAccount implements MailAccount {
    private final MailAccount account;
    private final MailCache cache;

    private CachedAccount(MailAccount account, MailCache cache) {
        this.account = account;
        this.cache = cache;
    }

    /** Puts a cache in front of an account. */
    public static CachedAccount of(MailAccount account, MailCache cache) {
        return new CachedAccount(account, cache);
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
        boolean named = account.guard().remembered();
        return new CachedProvider(account.open(context), account.id(), named, cache);
    }

    @Override
    public String toString() {
        return "CachedAccount[hidden]";
    }
}
