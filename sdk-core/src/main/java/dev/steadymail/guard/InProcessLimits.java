package dev.steadymail.guard;

import dev.steadymail.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Limits that all guards of this process share which are given the same object, several runtimes included; also the measure for
 * stores that processes share. Thread-safe: one short lock, held for no wait, so every stage is complete when it is returned.
 *
 * <p>Durations run on the monotonic ticker, so a step of the wall clock changes no pause. Bounded: at most 1,000,000 quotas and as
 * many circuits are held, each until it is idle; a demand or an opening that needs one more fails its stage and changes nothing.
 */
public final class InProcessLimits implements SharedLimits {
    private static final int MOST_KEYS = 1_000_000;
    private static final Duration LONGEST_PAUSE = Duration.ofDays(365);
    private static final Verdict GRANTED = new Verdict.Granted();

    private final TimeSource time;
    private final IdleTable<SharedQuota> quotas;
    private final IdleTable<SharedCircuit> circuits;

    /** Starts with nothing used and nothing open. */
    public InProcessLimits(TimeSource time) {
        this(time, MOST_KEYS);
    }

    InProcessLimits(TimeSource time, int mostKeys) {
        this.time = time;
        this.quotas = new IdleTable<>(mostKeys);
        this.circuits = new IdleTable<>(mostKeys);
    }

    @Override
    public CompletionStage<Verdict> admit(Demand demand) {
        return inOneStep(now -> decide(demand, now));
    }

    @Override
    public CompletionStage<Boolean> open(Opening opening) {
        return inOneStep(now -> keepOpen(opening, now));
    }

    @Override
    public CompletionStage<Boolean> close(String scope) {
        return inOneStep(now -> {
            SharedCircuit circuit = circuits.find(scope);
            return circuit != null && circuit.close(CircuitCause.FAILING, now);
        });
    }

    /** Returns how many quotas and circuits are held. */
    synchronized int size() {
        return quotas.size() + circuits.size();
    }

    private synchronized <T> CompletionStage<T> inOneStep(LongFunction<T> step) {
        // Read under the lock, so that charges are in the order of time.
        long now = time.nanoTime();
        quotas.forgetIdle(now);
        circuits.forgetIdle(now);
        try {
            return CompletableFuture.completedFuture(step.apply(now));
        } catch (IllegalStateException full) {
            return CompletableFuture.failedFuture(full);
        }
    }

    private Verdict decide(Demand demand, long now) {
        Opening open = longestOpen(demand.scopes(), now);
        if (open != null) {
            return new Verdict.Open(open);
        }
        long delay = delay(demand, now);
        if (delay > 0) {
            return new Verdict.NoRoom(Duration.ofNanos(delay));
        }
        if (demand.units() > 0) {
            charge(demand, now);
        }
        return GRANTED;
    }

    private @Nullable Opening longestOpen(List<String> scopes, long now) {
        Opening longest = null;
        Instant wall = time.now();
        for (String scope : scopes) {
            Opening open = opening(scope, now, wall);
            if (open != null && (longest == null || isLonger(open, longest))) {
                longest = open;
            }
        }
        return longest;
    }

    private @Nullable Opening opening(String scope, long now, Instant wall) {
        SharedCircuit circuit = circuits.find(scope);
        CircuitCause cause = circuit == null ? null : circuit.longest(now);
        return circuit == null || cause == null
                ? null
                : new Opening(scope, cause, wall.plusNanos(circuit.left(cause, now)));
    }

    /** The provider's word first where two end at once. */
    private static boolean isLonger(Opening one, Opening other) {
        int order = one.until().compareTo(other.until());
        return order > 0 || (order == 0 && one.cause().compareTo(other.cause()) < 0);
    }

    private long delay(Demand demand, long now) {
        long longest = 0;
        for (Share share : demand.units() == 0 ? List.<Share>of() : demand.shares()) {
            SharedQuota quota = quotas.find(key(share));
            if (quota != null) {
                longest = Math.max(longest, quota.delayUntil(share.mostUsedBefore(demand.units()), now));
            }
        }
        return longest;
    }

    private void charge(Demand demand, long now) {
        requireRoom(quotas, demand.shares().stream().map(InProcessLimits::key).toList());
        for (Share share : demand.shares()) {
            quotas.findOrMake(
                            key(share),
                            now,
                            () -> new SharedQuota(share.window().toNanos()))
                    .charge(share.charge(demand.units()), now);
        }
    }

    private boolean keepOpen(Opening opening, long now) {
        Duration left = Duration.between(time.now(), opening.until());
        if (left.isNegative() || left.isZero()) {
            return false;
        }
        requireRoom(circuits, List.of(opening.scope()));
        long end = now + (left.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : left).toNanos();
        return circuits.findOrMake(opening.scope(), now, SharedCircuit::new).extend(opening.cause(), end, now);
    }

    /** Asked before anything is changed, so that all or nothing is. */
    private static void requireRoom(IdleTable<?> table, List<String> keys) {
        long newKeys = keys.stream().filter(key -> table.find(key) == null).count();
        if (!table.hasRoomFor(newKeys)) {
            throw new IllegalStateException("shared limits hold " + table.size()
                    + " keys, the most; name fewer accounts or use one store for each group of them");
        }
    }

    /** The window comes first: it has digits only, so that no two quotas get one key. */
    private static String key(Share share) {
        return share.window().toNanos() + ":" + share.key();
    }
}
