package dev.steadymail.guard;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * Circuits and quotas that several processes share: asked before every attempt, after the limits of this process allowed it. The
 * guard waits for an answer 50 ms at most and then goes on with its own limits, so an implementation may fail or be slow.
 * Thread-safe.
 */
public interface SharedLimits {
    /** Asks for room in every quota named, all or none, and whether a circuit among the scopes is open. */
    CompletionStage<Verdict> admit(Demand demand);

    /** Says that a provider asked for a pause, or that a scope keeps failing, so that every process leaves it alone. */
    CompletionStage<Boolean> open(Opening opening);

    /** Says that a scope serves again: a circuit that was opened for failing closes. A stated pause is never cut short by this. */
    CompletionStage<Boolean> close(String scope);

    /**
     * What one attempt needs.
     *
     * @param scopes keys of all scopes it belongs to, for example {@code account:...}, {@code project:...}
     * @param shares every quota to charge
     * @param units how much
     */
    record Demand(List<String> scopes, List<Share> shares, long units) {
        public Demand {
            scopes = List.copyOf(scopes);
            shares = List.copyOf(shares);
        }
    }

    /**
     * One quota as all processes see it.
     *
     * @param key names the quota in the shared store
     * @param units the most in any window
     * @param window the window's length
     * @param kept units that this demand must leave free, 0 for the INTERACTIVE lane
     */
    record Share(String key, long units, Duration window, long kept) {}

    /**
     * Why and until when a scope is left alone.
     *
     * @param scope its key
     * @param cause what opened it
     * @param until when it may be used again
     */
    record Opening(String scope, CircuitCause cause, Instant until) {}

    /** The answer to a demand. */
    sealed interface Verdict {
        /** There is room, and it has been charged. */
        record Granted() implements Verdict {}

        /**
         * There is no room, and nothing was charged.
         *
         * @param delay how long to wait before asking again, positive
         */
        record NoRoom(Duration delay) implements Verdict {}

        /** A circuit is open, and nothing was charged. */
        record Open(Opening opening) implements Verdict {}
    }
}
