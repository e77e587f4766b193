package dev.steadymail.guard;

import dev.steadymail.guard.SharedLimits.Demand;
import dev.steadymail.guard.SharedLimits.Opening;
import dev.steadymail.guard.SharedLimits.Verdict;
import dev.steadymail.time.TimeSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * What the guards of a process ask about shared limits. Where the store fails or is late they go on with their own limits, and the
 * store is left alone for a second, twice as long after each further failure, at most 30 s; then one question finds out. So a store
 * that is slow costs one call 50 ms in a while, not every call. Thread-safe; no method throws, and none waits where the store's do
 * not.
 */
final class SharedGate {
    private static final Verdict GRANTED = new Verdict.Granted();

    private final SharedLimits limits;
    private final TimeSource time;
    private final SharedHealth health;

    /**
     * Trusts the store until it fails.
     *
     * @param reachable told once per change whether the store answers, on the thread that found out; return at once
     */
    SharedGate(SharedLimits limits, TimeSource time, Consumer<Boolean> reachable) {
        this.limits = limits;
        this.time = time;
        this.health = new SharedHealth(time, reachable);
    }

    /**
     * Asks for one attempt. The future never fails and completes within 50 ms, as long as the runtime's timers run; with
     * {@link Verdict.Granted} where the store failed, was late or is left alone. It completes on the calling thread, a thread of the
     * store or the thread of all timers: what depends on it is short, or moves on to a thread of its own.
     *
     * <p>An answer after the time limit is ignored, but what it charged stays charged: a slow store can waste units, and never
     * spends one twice.
     */
    CompletableFuture<Verdict> admit(Demand demand) {
        return ask(() -> limits.admit(demand), verdict -> isAbout(demand, verdict), GRANTED);
    }

    /** Passes a pause on. It is not passed on, nor kept for later, while the store is left alone. */
    void open(Opening opening) {
        var unused = ask(() -> limits.open(opening), changed -> true, false);
    }

    /** Passes on that a scope serves again; lost like {@link #open}. */
    void close(String scope) {
        var unused = ask(() -> limits.close(scope), changed -> true, false);
    }

    /** Returns whether the store answered last time. */
    boolean isReachable() {
        return health.isReachable();
    }

    private <T> CompletableFuture<T> ask(Supplier<CompletionStage<T>> store, Predicate<T> makesSense, T otherwise) {
        SharedHealth.Phase phase = health.mayAsk();
        if (phase == null) {
            return CompletableFuture.completedFuture(otherwise);
        }
        return new SharedQuestion<>(health, phase, otherwise).ask(time, store, makesSense);
    }

    private static boolean isAbout(Demand demand, Verdict verdict) {
        return !(verdict instanceof Verdict.Open open)
                || demand.scopes().contains(open.opening().scope());
    }
}
