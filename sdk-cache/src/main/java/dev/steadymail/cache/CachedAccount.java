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
    private final String tenant;

    private CachedAccount(MailAccount account, MailCache cache, String tenant) {
        this.account = account;
        this.cache = cache;
        this.tenant = tenant;
    }

    /** Puts a cache in front of an account. */
    public static CachedAccount of(MailAccount account, MailCache cache) {
        return new CachedAccount(account, cache, "");
    }

    /**
     * Returns this account as one of a tenant's, whose accounts share a bound of weight in the level beneath the cache where it has one, see
     * {@link dev.steadymail.cache.redis.RedisSettings#withWeights}. Without a level, and for accounts whose id does not name them alone, it
     * means nothing.
     *
     * @param tenant names the tenant: not empty
     */
    public CachedAccount ofTenant(String tenant) {
        if (tenant.isEmpty()) {
            throw new IllegalArgumentException("a tenant has a name; an account of none is not told of one");
        }
        return new CachedAccount(account, cache, tenant);
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
        return new CachedProvider(account.open(context), account.id(), named, tenant, cache);
    }

    @Override
    public String toString() {
        return "CachedAccount[hidden]";
    }
}
