package dev.steadymail.benchmarks.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.steadymail.MailClient;
import dev.steadymail.MailRuntime;
import dev.steadymail.cache.CacheSettings;
import dev.steadymail.cache.CachedAccount;
import dev.steadymail.cache.CachedKind;
import dev.steadymail.cache.MailCache;
import dev.steadymail.mail.AccountId;
import dev.steadymail.mail.Email;
import dev.steadymail.mail.EmailId;
import dev.steadymail.mail.FetchLevel;
import dev.steadymail.provider.Call;
import dev.steadymail.provider.MailProvider;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * What does an email cost that is in memory, beside Caffeine as one would use it oneself: bounded by weight, counting, each entry good for a
 * while? 8,192 emails of eight accounts, asked for by ids that are equal to those that are kept and not the same, the few often.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class HitInMemory {
    private static final int ACCOUNTS = 8;
    private static final int OF_EACH = 1_024;
    private static final int EMAILS = ACCOUNTS * OF_EACH;
    private static final int STEPS = 1 << 16;
    private static final int WEIGHT = 2_000;
    private static final Duration LONG = Duration.ofHours(1);

    private final CacheSettings settings = CacheSettings.DEFAULT.withFreshFor(LONG);
    private final Cache<EmailId, Email> bare = Caffeine.newBuilder()
            .maximumWeight(settings.maxWeight())
            .weigher((EmailId id, Email email) -> WEIGHT)
            .expireAfterWrite(LONG)
            .executor(Runnable::run)
            .recordStats()
            .build();
    private final Cache<OfAccount, Email> bareOfAccounts = Caffeine.newBuilder()
            .maximumWeight(settings.maxWeight())
            .weigher((OfAccount id, Email email) -> WEIGHT)
            .expireAfterWrite(LONG)
            .executor(Runnable::run)
            .recordStats()
            .build();
    private final AccountId[] accounts = new AccountId[ACCOUNTS];
    private final MailCache cache = MailCache.inMemory(settings);
    private final MailRuntime runtime = MailRuntime.create();
    private final Call call = new Call(runtime.time().deadline(LONG));
    private final MailProvider[] providers = new MailProvider[ACCOUNTS];
    private final MailClient[] clients = new MailClient[ACCOUNTS];
    private final EmailId[] ids = new EmailId[EMAILS];
    private final int[] steps = Skewed.steps(EMAILS, STEPS);
    private int step;

    /** Made for JMH. */
    public HitInMemory() {}

    /** Reads everything once. */
    @Setup(Level.Trial)
    public void fill() {
        for (int account = 0; account < ACCOUNTS; account++) {
            open(account);
            int first = account * OF_EACH;
            List<EmailId> some = IntStream.range(first, first + OF_EACH)
                    .mapToObj(GeneratedMailbox::id)
                    .toList();
            providers[account].get(some, FetchLevel.METADATA, call).forEach(email -> keep(account(first), email));
        }
        for (int number = 0; number < EMAILS; number++) {
            ids[number] = GeneratedMailbox.id(number);
        }
    }

    private AccountId account(int number) {
        return accounts[number / OF_EACH];
    }

    private void keep(AccountId account, Email email) {
        EmailId id = GeneratedMailbox.id(GeneratedMailbox.number(email.id()));
        bare.put(id, email);
        bareOfAccounts.put(new OfAccount(account, id), email);
    }

    private void open(int account) {
        accounts[account] = new AccountId("person " + account);
        GeneratedProvider behind = new GeneratedProvider(new GeneratedMailbox(account), new Charges());
        OpenedAccount opened =
                new OpenedAccount(CachedAccount.of(new GeneratedAccount(accounts[account], behind), cache));
        clients[account] = runtime.open(opened);
        providers[account] = opened.provider();
    }

    /** Fails where anything was read more than once. */
    @TearDown(Level.Trial)
    public void check() {
        long misses = Objects.requireNonNull(cache.statistics().kinds().get(CachedKind.EMAIL))
                .misses();
        runtime.close();
        if (misses != EMAILS || bare.stats().missCount() != 0) {
            throw new IllegalStateException("not everything was a hit: " + misses);
        }
    }

    private int next() {
        step = (step + 1) & (STEPS - 1);
        return steps[step];
    }

    @Benchmark
    public @Nullable Object caffeine() {
        return bare.getIfPresent(ids[next()]);
    }

    /** As a cache of many accounts needs it: an email's id names it in its account only. */
    @Benchmark
    public @Nullable Object caffeineOfAccounts() {
        int number = next();
        return bareOfAccounts.getIfPresent(new OfAccount(account(number), ids[number]));
    }

    @Benchmark
    public Object provider() {
        int number = next();
        return providers[number / OF_EACH].get(List.of(ids[number]), FetchLevel.METADATA, call);
    }

    /** More is kept of it than is asked for. */
    @Benchmark
    public Object less() {
        int number = next();
        return providers[number / OF_EACH].get(List.of(ids[number]), FetchLevel.STATE, call);
    }

    @Benchmark
    public Object client() {
        int number = next();
        return clients[number / OF_EACH].emails().get(ids[number], FetchLevel.METADATA);
    }

    /** An email among those of many accounts. */
    private record OfAccount(AccountId account, EmailId id) {}
}
