package dev.steadymail.cache;

import dev.steadymail.cache.Flights.Flight;
import dev.steadymail.mail.AccountId;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.provider.Call;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads one thing through the cache of an account: what is kept where it is good, else one reading for all who ask. Thread-safe. */
final class Reading {
    private final MailCache cache;
    private final AccountId id;
    private final AccountCache account;
    private final long freshFor;
    private final long elsewhereFor;
    private final @Nullable ToldReads told;

    /**
     * Reads through a cache.
     *
     * @param hasSource whether the application knows emails from elsewhere
     * @param told tells of reads, or null
     */
    Reading(MailCache cache, AccountId id, AccountCache account, boolean hasSource, @Nullable ToldReads told) {
        this.told = told;
        this.cache = cache;
        this.id = id;
        this.account = account;
        this.freshFor = cache.settings().freshFor().toNanos();
        long shared = cache.settings().sharedFreshFor().toNanos();
        this.elsewhereFor =
                hasSource ? Math.max(shared, cache.settings().sourceFreshFor().toNanos()) : shared;
    }

    CacheTime time() {
        return cache.time();
    }

    long now() {
        return cache.time().nanos();
    }

    long freshFor() {
        return freshFor;
    }

    /** Returns for how long what the level keeps is good. */
    Duration sharedFreshFor() {
        return cache.settings().sharedFreshFor();
    }

    /** Returns whether something from the level is good: it was asked lately, and what it had was read not too long ago. */
    boolean isGoodShared(long readAt, long sharedAt) {
        long now = now();
        return now - sharedAt < freshFor && now - readAt < sharedFreshFor().toNanos();
    }

    /** Returns for how long what the application knows from elsewhere is good. */
    Duration sourceFreshFor() {
        return cache.settings().sourceFreshFor();
    }

    /** Reads some things, and tells of it where anybody hears. */
    <T> T told(CachedKind kind, int asked, Supplier<T> read) {
        return told == null ? read.get() : told.read(kind, asked, read);
    }

    /** Returns whether anybody hears of reads. */
    boolean isTold() {
        return told != null;
    }

    /** Counts an answer that the application knew from elsewhere. */
    void sourced(CachedKind kind) {
        cache.counters().of(kind).sourced.increment();
        if (told != null) {
            told.sourced(kind);
        }
    }

    /** Returns whether an email from the level or a source is good, as {@link #isGoodShared} does. */
    boolean isGoodElsewhere(long readAt, long askedAt) {
        long now = now();
        return now - askedAt < freshFor && now - readAt < elsewhereFor;
    }

    /** Counts a look into the level that processes share. */
    void looked(CachedKind kind, boolean found) {
        if (found) {
            cache.counters().of(kind).sharedHits.increment();
            if (told != null) {
                told.sharedHit(kind);
            }
        } else {
            cache.counters().of(kind).sharedMisses.increment();
        }
    }

    /** Counts a wait for somebody else's reading. */
    void coalesced(CachedKind kind) {
        cache.counters().of(kind).coalesced.increment();
    }

    /** Counts an answer from the cache. */
    void hit(CachedKind kind) {
        cache.counters().of(kind).hits.increment();
    }

    /** Returns what answers from the cache are counted with. */
    LongAdder hits(CachedKind kind) {
        return cache.counters().of(kind).hits;
    }

    /** Counts a question that the cache had no answer to. */
    void miss(CachedKind kind) {
        cache.counters().of(kind).misses.increment();
        if (told != null) {
            told.missed(kind);
        }
    }

    /**
     * Reads something unless somebody is reading it already, whose result is awaited then.
     *
     * @param flightKey what is read
     * @param read reads and keeps it
     */
    <T> T shared(CachedKind kind, Object flightKey, Call call, Supplier<T> read, Class<T> type) {
        Flight mine = new Flight(call.lane());
        Flight other = account.flights().of(kind).putIfAbsent(flightKey, mine);
        if (other == null) {
            return fly(kind, flightKey, mine, read);
        }
        Object result = other.suits(call.lane()) ? await(kind, other, call) : null;
        return result == null ? timed(kind, read) : type.cast(result);
    }

    private <T> T fly(CachedKind kind, Object flightKey, Flight mine, Supplier<T> read) {
        try {
            T result = timed(kind, read);
            mine.result().complete(result);
            return result;
        } finally {
            // Who waits for one that failed reads for himself.
            mine.result().complete(null);
            account.flights().of(kind).remove(flightKey, mine);
        }
    }

    <T> T timed(CachedKind kind, Supplier<T> read) {
        long began = now();
        try {
            return read.get();
        } finally {
            cache.counters().of(kind).loadNanos.add(now() - began);
        }
    }

    /** Returns what another reading brings, or null where it brings nothing. */
    @Nullable
    Object await(CachedKind kind, Flight other, Call call) {
        cache.counters().of(kind).coalesced.increment();
        try {
            return other.result().get(call.deadline().remaining().toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException late) {
            throw MailException.of(
                    Kind.DEADLINE,
                    "somebody else's reading of the same took longer than this call may; allow more time");
        } catch (ExecutionException | CancellationException failed) {
            return null;
        } catch (InterruptedException interrupt) {
            Thread.currentThread().interrupt();
            throw MailException.of(Kind.CANCELLED, "the calling thread was interrupted", interrupt);
        }
    }

    /** Returns how long ago something was true for sure; what no sync speaks for any more, when it was read. */
    long age(long readAt, boolean vouchedFor) {
        return vouchedFor ? account.freshness().age(readAt, now()) : now() - readAt;
    }

    /** Returns whether old answers to some things are better than this failure, and says so. */
    boolean servesStale(CachedKind kind, int things, MailException failure, long age) {
        boolean serves = failure.kind() == Kind.CIRCUIT_OPEN
                && age <= cache.settings().staleFor().toNanos();
        if (serves) {
            cache.counters().of(kind).stale.increment();
            if (told != null) {
                told.stale(kind, things);
            }
            cache.onStale().accept(new StaleAnswer(id, kind, Duration.ofNanos(age)));
        }
        return serves;
    }

    /** Returns what is kept, good or not. */
    <V extends CacheValue> @Nullable V kept(CacheKey key, Class<V> type) {
        CacheValue value = account.find(key);
        return type.isInstance(value) ? type.cast(value) : null;
    }
}
