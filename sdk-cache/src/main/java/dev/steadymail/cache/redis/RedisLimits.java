package dev.steadymail.cache.redis;

import static dev.steadymail.cache.redis.LimitStore.micros;
import static dev.steadymail.cache.redis.LimitStore.octets;

import dev.steadymail.guard.CircuitCause;
import dev.steadymail.guard.SharedLimits;
import dev.steadymail.mail.MailException;
import io.lettuce.core.RedisCommandTimeoutException;
import io.lettuce.core.RedisConnectionException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Limits that processes share through Redis, 6.2 or later: one script and one round trip for each question. Thread-safe; stages
 * complete on the thread of the connection, or on the calling one where there is none.
 *
 * <p>All keys have one hash tag and so lie in one slot of a cluster, since one question covers any circuits and any quotas in one
 * atomic step. Groups of accounts that share no limit can be spread over slots by prefixes. Names in Redis are digests. Times are
 * those of Redis's clock; where it steps back, the later time holds until it is reached, for a minute at most.
 *
 * <p>A quota is a hash with at most 102 charges in it that expires by itself, an index has until when each quota and each circuit
 * counts, and a head says which life the store is in. A store that loses any of them is caught, and errs to the side of refusing:
 * <ul>
 *   <li>A quota that the index has and Redis has not was evicted: it counts as full until its last charge leaves its window.
 *   <li>Head or index are gone, or another life is there than this process knows, or they are older than its last answer or its last
 *       change: the store was emptied or replaced, or went back in time. A new life begins, and no quota has room until a window
 *       has passed since. Processes say the pauses again that they know of.
 * </ul>
 *
 * <p>One case cannot be told from a store that is used for the first time: everything is gone, and a process that never asked before
 * is the first to ask. What it is granted until the first older process asks comes on top of what was lost.
 */
public final class RedisLimits implements SharedLimits {
    private static final Duration LONGEST_PAUSE = Duration.ofDays(365);
    /** Redis counts in doubles. */
    private static final long MOST_UNITS = 1L << 53;

    private static final Verdict GRANTED = new Verdict.Granted();

    private final LimitStore store;
    private final LimitKeys keys;
    private final InstantSource clock;
    private final LongSupplier nanos;
    private final Consumer<LostLimits> lost;

    /**
     * Asks nothing yet.
     *
     * @param lost told once by each process that notices, on the thread of the connection; returns at once and does not throw
     */
    RedisLimits(RedisLink link, LimitKeys keys, InstantSource clock, LongSupplier nanos, Consumer<LostLimits> lost) {
        this.store = new LimitStore(link, keys, nanos, lost);
        this.keys = keys;
        this.clock = clock;
        this.nanos = nanos;
        this.lost = lost;
    }

    @Override
    public CompletionStage<Verdict> admit(Demand demand) {
        return explained(() -> {
            List<String> scopes = demand.scopes().stream().map(keys::name).toList();
            List<byte[]> quotas = new ArrayList<>();
            List<byte[]> args = new ArrayList<>();
            args.add(octets(scopes.size()));
            scopes.forEach(scope -> args.add(octets(scope)));
            if (demand.units() > 0) {
                demand.shares().forEach(share -> add(share, demand.units(), quotas, args));
            }
            return store.ask(LimitScript.ADMIT, quotas, args).thenApply(answer -> verdict(demand, scopes, answer));
        });
    }

    private void add(Share asked, long units, List<byte[]> quotas, List<byte[]> args) {
        long most = Math.min(asked.units(), MOST_UNITS);
        Share share = new Share(asked.key(), most, asked.window(), Math.min(asked.kept(), most));
        // The window comes first: it has digits only, so that no two quotas get one name.
        String name = keys.name(share.window().toNanos() + ":" + share.key());
        quotas.add(keys.quota(name));
        args.add(octets(name));
        args.add(octets(share.mostUsedBefore(units)));
        args.add(octets(share.charge(units)));
        args.add(octets(micros(share.window().toNanos())));
    }

    private Verdict verdict(Demand demand, List<String> scopes, LimitAnswer answer) {
        if (answer.kind() == LimitAnswer.OPEN) {
            return open(demand, scopes, answer);
        }
        // A failing circuit that another process closed must not be said again.
        store.pauses().forgetAll(scopes);
        if (answer.kind() == LimitAnswer.DONE) {
            return GRANTED;
        }
        for (long quota = 0; quota < answer.second(); quota++) {
            lost.accept(LostLimits.QUOTA);
        }
        return new Verdict.NoRoom(Duration.of(answer.first(), ChronoUnit.MICROS));
    }

    private Verdict open(Demand demand, List<String> scopes, LimitAnswer answer) {
        int scope = (int) answer.first();
        CircuitCause cause = answer.second() == 0 ? CircuitCause.THROTTLED : CircuitCause.FAILING;
        Duration left = Duration.of(answer.third(), ChronoUnit.MICROS);
        remember(KnownPauses.name(scopes.get(scope), cause), left);
        return new Verdict.Open(
                new Opening(demand.scopes().get(scope), cause, clock.instant().plus(left)));
    }

    @Override
    public CompletionStage<Boolean> open(Opening opening) {
        Duration left = left(opening.until());
        if (left.isNegative() || left.isZero()) {
            return CompletableFuture.completedFuture(false);
        }
        return explained(() -> {
            String name = KnownPauses.name(keys.name(opening.scope()), opening.cause());
            List<byte[]> args = List.of(octets(name), octets(micros(left.toNanos())));
            return store.ask(LimitScript.OPEN, List.of(), args).thenApply(answer -> {
                remember(name, left);
                return answer.first() > 0;
            });
        });
    }

    @Override
    public CompletionStage<Boolean> close(String scope) {
        return explained(() -> {
            String name = keys.name(scope);
            // First, or a store that lost the circuit would be told of it again on the way.
            store.pauses().forget(KnownPauses.name(name, CircuitCause.FAILING));
            return store.ask(LimitScript.CLOSE, List.of(), List.of(octets(name)))
                    .thenApply(answer -> answer.first() > 0);
        });
    }

    private Duration left(Instant until) {
        Duration left = Duration.between(clock.instant(), until);
        return left.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : left;
    }

    private void remember(String name, Duration left) {
        long now = nanos.getAsLong();
        store.pauses().remember(name, now + left.toNanos(), now);
    }

    /** The port's methods never throw, and a connection may. */
    private static <T> CompletionStage<T> explained(Supplier<CompletionStage<T>> question) {
        CompletionStage<T> asked;
        try {
            asked = question.get();
        } catch (RuntimeException failure) {
            asked = CompletableFuture.failedFuture(failure);
        }
        return asked.exceptionallyCompose(failure -> CompletableFuture.failedFuture(explain(failure)));
    }

    private static MailException explain(Throwable failure) {
        Throwable cause = failure;
        while (cause instanceof CompletionException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        if (cause instanceof MailException known) {
            return known;
        }
        if (cause instanceof RedisCommandTimeoutException) {
            return MailException.of(
                    MailException.Kind.TIMEOUT, "Redis did not answer about shared limits in time; is it busy?", cause);
        }
        if (cause instanceof RedisConnectionException) {
            return MailException.of(
                    MailException.Kind.NETWORK, "Redis cannot be reached for shared limits; does it run?", cause);
        }
        return MailException.of(
                MailException.Kind.UNAVAILABLE,
                "Redis failed a question about shared limits; it must be 6.2 or later and allow scripts",
                cause);
    }
}
