package dev.steadymail.cache.redis;

import dev.steadymail.mail.MailException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The store of limits as one process has it: it asks, notices where the store has lost what this process knows of, says again which
 * pauses it knows, and asks once more. Thread-safe.
 */
final class LimitStore {
    private static final int MOST_ASKED = 3;
    private static final int PAUSES_AT_ONCE = 500;

    private final RedisLink link;
    private final List<byte[]> ownKeys;
    private final LongSupplier nanos;
    private final Consumer<LostLimits> lost;
    private final KnownPauses pauses = new KnownPauses();
    private final byte[] process = octets(UUID.randomUUID().toString());

    private StoreState known = StoreState.UNKNOWN; // guarded by this
    private @Nullable Recovery recovery; // guarded by this

    LimitStore(RedisLink link, LimitKeys keys, LongSupplier nanos, Consumer<LostLimits> lost) {
        this.link = link;
        this.ownKeys = List.of(keys.head(), keys.index());
        this.nanos = nanos;
        this.lost = lost;
    }

    KnownPauses pauses() {
        return pauses;
    }

    /** Runs a script in a store that has all that this process knows of. Throws where there is no connection. */
    CompletionStage<LimitAnswer> ask(LimitScript script, List<byte[]> quotas, List<byte[]> args) {
        return ask(script, quotas, args, MOST_ASKED);
    }

    private CompletionStage<LimitAnswer> ask(
            LimitScript script, List<byte[]> quotas, List<byte[]> args, int triesLeft) {
        if (triesLeft == 0) {
            throw unsteady();
        }
        StoreState before = known();
        return run(before, script, quotas, args).thenCompose(answer -> {
            if (answer.kind() == LimitAnswer.LOST) {
                return recover(before, answer.store()).thenCompose(done -> ask(script, quotas, args, triesLeft - 1));
            }
            learn(answer.store());
            return CompletableFuture.completedFuture(answer);
        });
    }

    private CompletionStage<LimitAnswer> run(
            StoreState state, LimitScript script, List<byte[]> quotas, List<byte[]> args) {
        List<byte[]> keys = new ArrayList<>(ownKeys);
        keys.addAll(quotas);
        List<byte[]> all = new ArrayList<>(4 + args.size());
        all.add(octets(state.life()));
        all.add(octets(state.last()));
        all.add(process);
        all.add(octets(state.stamp()));
        all.addAll(args);
        return script.run(link.commands(), keys, all);
    }

    private synchronized StoreState known() {
        return known;
    }

    /** An answer of another life comes late, or early: then a question finds out. */
    private synchronized void learn(StoreState state) {
        if (known.isUnknown()) {
            known = state;
        } else if (known.isSameLifeAs(state)) {
            known = known.and(state);
        }
    }

    /** Questions that were on their way together find one loss, and wait for one recovery. */
    private CompletionStage<Void> recover(StoreState before, StoreState now) {
        Recovery mine;
        synchronized (this) {
            if (!known.isSameLifeAs(before)) {
                return CompletableFuture.completedFuture(null);
            }
            if (recovery != null && recovery.isFor(now)) {
                return recovery.done;
            }
            mine = new Recovery(now);
            recovery = mine;
        }
        var unused = sayAgain(now).whenComplete((said, failure) -> end(mine, before, failure));
        return mine.done;
    }

    private CompletableFuture<Void> sayAgain(StoreState now) {
        List<CompletableFuture<LimitAnswer>> saying = new ArrayList<>();
        List<byte[]> args = new ArrayList<>();
        try {
            for (Map.Entry<String, Long> pause : pauses.left(nanos.getAsLong()).entrySet()) {
                args.add(octets(pause.getKey()));
                args.add(octets(micros(pause.getValue())));
                if (args.size() >= 2 * PAUSES_AT_ONCE) {
                    saying.add(say(now, args));
                    args = new ArrayList<>();
                }
            }
            if (!args.isEmpty()) {
                saying.add(say(now, args));
            }
        } catch (RuntimeException failure) {
            return CompletableFuture.failedFuture(failure);
        }
        return CompletableFuture.allOf(saying.toArray(CompletableFuture[]::new));
    }

    private CompletableFuture<LimitAnswer> say(StoreState now, List<byte[]> args) {
        return run(now, LimitScript.OPEN, List.of(), args)
                .thenApply(answer -> {
                    if (answer.kind() == LimitAnswer.LOST) {
                        throw unsteady();
                    }
                    return answer;
                })
                .toCompletableFuture();
    }

    /** Until the pauses are there nothing counts as known of the new life, so that the next question tries again. */
    private void end(Recovery ended, StoreState before, @Nullable Throwable failure) {
        boolean isFirst = false;
        synchronized (this) {
            if (recovery == ended) {
                recovery = null;
            }
            if (failure == null && known.isSameLifeAs(before)) {
                known = ended.state;
                isFirst = true;
            }
        }
        if (failure != null) {
            ended.done.completeExceptionally(failure);
            return;
        }
        try {
            if (isFirst) {
                lost.accept(LostLimits.STORE);
            }
        } finally {
            ended.done.complete(null);
        }
    }

    private static MailException unsteady() {
        return MailException.of(
                MailException.Kind.UNAVAILABLE,
                "Redis loses shared limits again and again; give it memory, or a policy that does not evict them");
    }

    static long micros(long nanos) {
        return TimeUnit.NANOSECONDS.toMicros(nanos + 999);
    }

    static byte[] octets(long number) {
        return octets(Long.toString(number));
    }

    static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static final class Recovery {
        private final StoreState state;
        private final CompletableFuture<Void> done = new CompletableFuture<>();

        Recovery(StoreState state) {
            this.state = state;
        }

        boolean isFor(StoreState other) {
            return state.isSameLifeAs(other);
        }
    }
}
