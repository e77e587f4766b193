package dev.steadymail.cache;

import dev.steadymail.guard.GuardProfile;
import dev.steadymail.mail.AccountId;
import dev.steadymail.mail.Protocol;
import dev.steadymail.provider.MailAccount;
import dev.steadymail.provider.MailProvider;
import dev.steadymail.provider.ProviderContext;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

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
    private static final int MOST_WARMED = 500;

    private final MailAccount account;
    private final MailCache cache;
    private final String tenant;
    private final int warmed;
    private final @Nullable Executor ahead;
    private final EmailSource source;

    private CachedAccount(
            MailAccount account,
            MailCache cache,
            String tenant,
            int warmed,
            @Nullable Executor ahead,
            EmailSource source) {
        this.account = account;
        this.cache = cache;
        this.tenant = tenant;
        this.warmed = warmed;
        this.ahead = ahead;
        this.source = source;
    }

    /** Puts a cache in front of an account. */
    public static CachedAccount of(MailAccount account, MailCache cache) {
        return new CachedAccount(account, cache, "", 0, null, EmailSource.NOTHING);
    }

    /**
     * Returns this account with its newest emails warm: whenever a sync of all mailboxes has come to its end, what is not kept of the newest ones in
     * the inbox is read at METADATA, in the sync's lane and time. On Gmail that costs 6 units a sync, and 20 for each email that is new. A
     * failure to do so is none of the sync's.
     *
     * @param newest how many, up to 500; 0 for none, as at first
     */
    public CachedAccount warming(int newest) {
        if (newest < 0 || newest > MOST_WARMED) {
            throw new IllegalArgumentException("warming takes 0 to 500 emails, was " + newest);
        }
        return new CachedAccount(account, cache, tenant, newest, ahead, source);
    }

    /**
     * Returns this account with its lists read ahead: where a list of mailboxes or emails, or a thread, is asked for that will soon be too old, the
     * caller gets it at once and it is read again meanwhile. Emails are not, since reading the state of one costs as much as reading it
     * when it is needed.
     *
     * @param executor reads, in the lane and time of the call that asked; it may be the application's pool. What it refuses is not
     *     read ahead; one that drops tasks without refusing them ends this in time
     */
    public CachedAccount readingAhead(Executor executor) {
        return new CachedAccount(account, cache, tenant, warmed, executor, source);
    }

    /**
     * Returns this account with something else that knows its emails, which is asked before the provider. What it knows is good for
     * {@link CacheSettings#sourceFreshFor}, unless this process changed the email since, or heard that it changed.
     */
    public CachedAccount knownFrom(EmailSource source) {
        return new CachedAccount(account, cache, tenant, warmed, ahead, source);
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
        return new CachedAccount(account, cache, tenant, warmed, ahead, source);
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
    public Protocol protocol() {
        return account.protocol();
    }

    @Override
    public MailProvider open(ProviderContext context) {
        boolean named = account.guard().remembered();
        return new CachedProvider(
                account.open(context),
                account.id(),
                named,
                tenant,
                cache,
                new ReadAhead(ahead),
                warmed,
                source,
                context.telemetry());
    }

    @Override
    public String toString() {
        return "CachedAccount[hidden]";
    }
}
