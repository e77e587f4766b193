package dev.steadymail.server.accounts;

import dev.steadymail.guard.CircuitCause;
import dev.steadymail.guard.CircuitState;
import dev.steadymail.guard.Explanation;
import dev.steadymail.guard.Explanation.Circuit;
import dev.steadymail.guard.Explanation.Waiting;
import dev.steadymail.guard.Ledger;
import dev.steadymail.guard.Ledger.Balance;
import dev.steadymail.mail.Lane;
import dev.steadymail.mail.Reach;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Why an account is as fast as it is, as the API shows it: an {@link Explanation} with lengths in milliseconds.
 *
 * @param text the same for people, in lines
 */
record AccountExplanation(
        Instant at,
        String text,
        Map<Lane, InLane> waiting,
        int resting,
        int inFlight,
        int maxInFlight,
        int configuredMaxInFlight,
        List<OneCircuit> circuits,
        String plan,
        List<Quota> quotas,
        int retryTokens,
        @Nullable Instant lastSuccess,
        @Nullable Instant nextAttempt,
        boolean sharedLimits) {
    static AccountExplanation of(Explanation facts, Ledger ledger) {
        return new AccountExplanation(
                facts.at(),
                facts.text(),
                lanes(facts.lanes()),
                facts.resting(),
                facts.inFlight(),
                facts.maxInFlight(),
                facts.configuredMaxInFlight(),
                facts.circuits().stream().map(OneCircuit::of).toList(),
                ledger.plan(),
                ledger.balances().stream().map(Quota::of).toList(),
                facts.retryTokens(),
                facts.lastSuccess(),
                facts.nextAttempt(),
                facts.sharedLimits());
    }

    private static Map<Lane, InLane> lanes(Map<Lane, Waiting> waiting) {
        Map<Lane, InLane> lanes = new TreeMap<>();
        waiting.forEach((lane, calls) ->
                lanes.put(lane, new InLane(calls.calls(), calls.oldest().toMillis())));
        return lanes;
    }

    /** What waits in one lane. */
    record InLane(int calls, long oldestMs) {}

    /** One circuit. */
    record OneCircuit(
            Reach reach,
            CircuitState state,
            @Nullable CircuitCause cause,
            @Nullable Instant until) {
        static OneCircuit of(Circuit circuit) {
            return new OneCircuit(circuit.reach(), circuit.state(), circuit.cause(), circuit.until());
        }
    }

    /** One limit of the provider's, and how much of it is left. */
    record Quota(
            String name,
            Reach reach,
            long units,
            long windowMs,
            boolean enforced,
            long used,
            long left,
            long kept,
            Instant resetAt,
            Map<Lane, Long> usedByLane) {
        static Quota of(Balance balance) {
            return new Quota(
                    balance.limit().name(),
                    balance.limit().reach(),
                    balance.limit().units(),
                    balance.window().toMillis(),
                    balance.limit().enforced(),
                    balance.used(),
                    balance.left(),
                    balance.kept(),
                    balance.resetAt(),
                    new TreeMap<>(balance.usedByLane()));
        }
    }
}
