package dev.steadymail.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.steadymail.cache.shared.SharedLevel;
import dev.steadymail.cache.shared.TouchListener;
import dev.steadymail.mail.AccountId;
import dev.steadymail.mail.EmailId;
import java.util.Collection;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * What was read from many accounts, in memory, bounded by weight. One for a process; {@link CachedAccount} puts it in front of an account.
 * Thread-safe.
 */
public final class MailCache implements AutoCloseable {
    /** A large account is forgotten in steps. */
    private static final int MOST_STEPS = 50;

    private final CacheSettings settings;
    private final CacheTime time;
    private final Consumer<StaleAnswer> onStale;
    private final Cache<CacheKey, CacheValue> values;
    private final ConcurrentMap<AccountId, AccountCache> accounts = new ConcurrentHashMap<>();
    private final Counters counters = new Counters();
    private final Queue<SharedLevel.Following> followings = new ConcurrentLinkedQueue<>();

    private final SharedLevel level;

    private MailCache(CacheSettings settings, SharedLevel level, CacheTime time, Consumer<StaleAnswer> onStale) {
        this.settings = settings;
        this.level = level;
        this.time = time;
        this.onStale = onStale;
        // Hits and misses are counted by kind: what Caffeine would count is not looked at.
        this.values = Caffeine.newBuilder()
                .maximumWeight(settings.maxWeight())
                .weigher((CacheKey key, CacheValue value) -> value.weight())
                .executor(Runnable::run)
                .evictionListener((key, value, cause) -> counters.evictions.increment())
                .build();
    }

    /** Returns a cache in memory alone. */
    public static MailCache inMemory(CacheSettings settings) {
        return new MailCache(settings, NoSharedLevel.NONE, CacheTime.SYSTEM, stale -> {});
    }

    /**
     * Returns a cache in memory alone that says when an answer is older than the bound.
     *
     * @param onStale told on the thread that asks, before it gets the answer
     */
    public static MailCache inMemory(CacheSettings settings, Consumer<StaleAnswer> onStale) {
        return new MailCache(settings, NoSharedLevel.NONE, CacheTime.SYSTEM, onStale);
    }

    /**
     * Returns a cache in memory alone with a clock of its own, for tests and replays.
     *
     * @param nanos the clock: monotonic nanoseconds with an arbitrary origin
     * @param onStale told on the thread that asks, before it gets the answer
     */
    public static MailCache inMemory(CacheSettings settings, LongSupplier nanos, Consumer<StaleAnswer> onStale) {
        return new MailCache(settings, NoSharedLevel.NONE, nanos::getAsLong, onStale);
    }

    /**
     * Returns a cache in memory over a level that processes share, for example {@link dev.steadymail.cache.redis.RedisLevel}. The level is
     * closed by who opened it, after the clients. Each cache needs a level of its own: two over one do not hear each other.
     */
    public static MailCache over(CacheSettings settings, SharedLevel level) {
        return new MailCache(settings, level, CacheTime.SYSTEM, stale -> {});
    }

    /**
     * Returns a cache over a level that processes share, which says when an answer is older than the bound.
     *
     * @param onStale told on the thread that asks, before it gets the answer
     */
    public static MailCache over(CacheSettings settings, SharedLevel level, Consumer<StaleAnswer> onStale) {
        return new MailCache(settings, level, CacheTime.SYSTEM, onStale);
    }

    /**
     * Returns a cache over a level that processes share with a clock of its own, for tests and replays.
     *
     * @param nanos the clock: monotonic nanoseconds with an arbitrary origin; the level has its own
     * @param onStale told on the thread that asks, before it gets the answer
     */
    public static MailCache over(
            CacheSettings settings, SharedLevel level, LongSupplier nanos, Consumer<StaleAnswer> onStale) {
        return new MailCache(settings, level, nanos::getAsLong, onStale);
    }

    /** Returns a cache whose waits are its clock's, too, for tests. */
    static MailCache timed(CacheSettings settings, SharedLevel level, CacheTime time, Consumer<StaleAnswer> onStale) {
        return new MailCache(settings, level, time, onStale);
    }

    CacheSettings settings() {
        return settings;
    }

    CacheTime time() {
        return time;
    }

    Counters counters() {
        return counters;
    }

    Consumer<StaleAnswer> onStale() {
        return onStale;
    }

    AccountCache of(AccountId account) {
        return accounts.computeIfAbsent(account, this::followed);
    }

    private AccountCache followed(AccountId id) {
        AccountCache account = new AccountCache(values, time, new SharedAccount(level, id.value()), true);
        followings.add(level.follow(id.value(), new Elsewhere(this, account)));
        return account;
    }

    /** Hears what other processes touch. */
    private record Elsewhere(MailCache cache, AccountCache account) implements TouchListener {
        @Override
        public void touched(Collection<String> states) {
            account.touchedElsewhere(states.stream().map(EmailId::new).toList());
        }

        @Override
        public void touchedAll() {
            account.changedElsewhere();
        }

        @Override
        public void missed() {
            account.touchedElsewhere();
        }

        @Override
        public void forgotten() {
            cache.forget(account);
        }
    }

    /** Returns room for a client whose account's id may be that of others as well: it must not be given what they read. */
    AccountCache alone() {
        return new AccountCache(values, time, new SharedAccount(NoSharedLevel.NONE, ""), false);
    }

    /**
     * Forgets all that is kept of one account, here, in the shared level and in the processes that share it, as when its owner leaves. What clients
     * of it that are open read from now on is kept again. What an account reads whose id does not name it alone
     * ({@link dev.steadymail.guard.GuardProfile#remembered}) is forgotten with its client.
     *
     * @return whether the shared level has forgotten it for sure; where it is away just now, call again later
     */
    public boolean invalidate(AccountId account) {
        AccountCache forgotten = accounts.get(account);
        // Where nobody has opened it here, others may have.
        SharedAccount shared = forgotten == null ? new SharedAccount(level, account.value()) : forgotten.shared();
        boolean done = false;
        for (int i = 0; i < MOST_STEPS && !done; i++) {
            done = shared.forget();
        }
        if (forgotten != null) {
            forget(forgotten);
        }
        return done;
    }

    /** Forgets what is kept of it in memory. */
    void forget(AccountCache forgotten) {
        forgotten.touchAll();
        values.asMap().keySet().removeIf(key -> key.account() == forgotten);
    }

    /** Forgets everything in memory, and in the shared level the accounts that were opened here. */
    public void clear() {
        accounts.keySet().forEach(this::invalidate);
        values.invalidateAll();
    }

    /** Returns what happened so far. */
    public CacheStatistics statistics() {
        long weight = values.policy()
                .eviction()
                .map(eviction -> eviction.weightedSize().orElse(0))
                .orElse(0L);
        return new CacheStatistics(counters.snapshot(), weight, counters.evictions.sum());
    }

    /** Hears no more of other processes; a cache in memory alone needs no closing. The level stays open, and so do clients. */
    @Override
    public void close() {
        SharedLevel.Following following = followings.poll();
        while (following != null) {
            following.close();
            following = followings.poll();
        }
    }

    @Override
    public String toString() {
        return "MailCache[" + accounts.size() + " accounts]";
    }
}
