package dev.steadymail.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.steadymail.mail.AccountId;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * What was read from many accounts, in memory, bounded by weight. One for a process; {@link CachedAccount} puts it in front of an account.
 * Thread-safe.
 */
public final class MailCache {
    private final CacheSettings settings;
    private final LongSupplier nanos;
    private final Consumer<StaleAnswer> onStale;
    private final Cache<CacheKey, CacheValue> values;
    private final ConcurrentMap<AccountId, AccountCache> accounts = new ConcurrentHashMap<>();
    private final Counters counters = new Counters();

    private MailCache(CacheSettings settings, LongSupplier nanos, Consumer<StaleAnswer> onStale) {
        this.settings = settings;
        this.nanos = nanos;
        this.onStale = onStale;
        this.values = Caffeine.newBuilder()
                .maximumWeight(settings.maxWeight())
                .weigher((CacheKey key, CacheValue value) -> value.weight())
                .executor(Runnable::run)
                .recordStats()
                .build();
    }

    /** Returns a cache in memory alone. */
    public static MailCache inMemory(CacheSettings settings) {
        return new MailCache(settings, System::nanoTime, stale -> {});
    }

    /**
     * Returns a cache in memory alone that says when an answer is older than the bound.
     *
     * @param onStale told on the thread that asks, before it gets the answer
     */
    public static MailCache inMemory(CacheSettings settings, Consumer<StaleAnswer> onStale) {
        return new MailCache(settings, System::nanoTime, onStale);
    }

    /**
     * Returns a cache in memory alone with a clock of its own, for tests and replays.
     *
     * @param nanos the clock: monotonic nanoseconds with an arbitrary origin
     * @param onStale told on the thread that asks, before it gets the answer
     */
    public static MailCache inMemory(CacheSettings settings, LongSupplier nanos, Consumer<StaleAnswer> onStale) {
        return new MailCache(settings, nanos, onStale);
    }

    CacheSettings settings() {
        return settings;
    }

    LongSupplier nanos() {
        return nanos;
    }

    Counters counters() {
        return counters;
    }

    Consumer<StaleAnswer> onStale() {
        return onStale;
    }

    AccountCache of(AccountId account) {
        return accounts.computeIfAbsent(account, id -> alone());
    }

    /** Returns room for a client whose account's id may be that of others as well: it must not be given what they read. */
    AccountCache alone() {
        return new AccountCache(values, nanos);
    }

    /**
     * Forgets all that is kept of one account, as when its owner leaves. What clients of it that are open read from now on is kept again. What an
     * account reads whose id does not name it alone ({@link dev.steadymail.guard.GuardProfile#remembered}) is forgotten with its client.
     */
    public void invalidate(AccountId account) {
        AccountCache forgotten = accounts.get(account);
        if (forgotten != null) {
            forget(forgotten);
        }
    }

    void forget(AccountCache forgotten) {
        forgotten.touchAll();
        values.asMap().keySet().removeIf(key -> key.account() == forgotten);
    }

    /** Forgets everything. */
    public void clear() {
        accounts.keySet().forEach(this::invalidate);
    }

    /** Returns what happened so far. */
    public CacheStatistics statistics() {
        long weight = values.policy()
                .eviction()
                .map(eviction -> eviction.weightedSize().orElse(0))
                .orElse(0L);
        return new CacheStatistics(counters.snapshot(), weight, values.stats().evictionCount());
    }

    @Override
    public String toString() {
        return "MailCache[" + accounts.size() + " accounts]";
    }
}
