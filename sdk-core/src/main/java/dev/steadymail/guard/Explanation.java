package dev.steadymail.guard;

import dev.steadymail.mail.Lane;
import dev.steadymail.mail.Reach;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Why an account is as fast as it is, at one moment. Holds no content and no address.
 *
 * @param at the moment
 * @param lanes what waits, by lane
 * @param resting calls that failed and rest before they are repeated
 * @param inFlight requests in flight
 * @param maxInFlight how many may be in flight now
 * @param configuredMaxInFlight how many may be in flight by the settings
 * @param circuits one for each scope: account, and project and host where there are any
 * @param ledger what is left of the quotas
 * @param retryTokens what is left of the retry budget, 0 to 500; a retry costs 5
 * @param lastSuccess when a request last succeeded, or null
 * @param nextAttempt when the next waiting request may start, or null where none waits or its time is not known
 * @param sharedLimits whether limits shared with other processes are in force; false also where the shared store does not answer
 */
public record Explanation(
        Instant at,
        Map<Lane, Waiting> lanes,
        int resting,
        int inFlight,
        int maxInFlight,
        int configuredMaxInFlight,
        List<Circuit> circuits,
        Ledger ledger,
        int retryTokens,
        @Nullable Instant lastSuccess,
        @Nullable Instant nextAttempt,
        boolean sharedLimits) {
    public Explanation {
        lanes = Map.copyOf(lanes);
        circuits = List.copyOf(circuits);
    }

    /**
     * What waits in one lane.
     *
     * @param calls how many
     * @param oldest how long the first of them has waited
     */
    public record Waiting(int calls, Duration oldest) {}

    /**
     * One circuit.
     *
     * @param reach whose it is
     * @param state whether requests pass
     * @param cause why not, or null
     * @param until when requests pass again, or null
     */
    public record Circuit(
            Reach reach,
            CircuitState state,
            @Nullable CircuitCause cause,
            @Nullable Instant until) {}

    /** Returns how many calls wait, in all lanes, without those that rest before they are repeated. */
    public int waiting() {
        return lanes.values().stream().mapToInt(Waiting::calls).sum();
    }

    /** Returns the explanation as lines for people. */
    public String text() {
        return ExplanationText.of(this);
    }
}
