package dev.steadymail.guard;

import dev.steadymail.guard.Explanation.Circuit;
import dev.steadymail.guard.Ledger.Balance;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Says in one sentence what an explanation comes to, and what to do about it if anything. The strongest reason to wait wins. */
final class ExplanationAdvice {
    private static final double NEARLY_USED = 0.95;

    private final Explanation facts;

    ExplanationAdvice(Explanation facts) {
        this.facts = facts;
    }

    String line() {
        return throttled()
                .or(this::failing)
                .or(this::probing)
                .or(this::quota)
                .or(this::crowded)
                .orElseGet(this::healthy);
    }

    private Optional<String> throttled() {
        return open(CircuitCause.THROTTLED)
                .map(circuit -> whose(circuit) + " waits until " + until(circuit)
                        + " because the provider asked for it; asking sooner would only lengthen it");
    }

    private Optional<String> failing() {
        return open(CircuitCause.FAILING)
                .map(circuit -> whose(circuit) + " is left alone until " + until(circuit)
                        + " because too many requests failed; then one request finds out whether it serves again");
    }

    private Optional<String> probing() {
        return facts.circuits().stream()
                .filter(circuit -> circuit.state() == CircuitState.HALF_OPEN)
                .findFirst()
                .map(circuit ->
                        "one request finds out whether " + whose(circuit) + " serves again; the others wait for it");
    }

    private Optional<String> quota() {
        return facts.ledger().balances().stream()
                .filter(balance -> balance.limit().enforced() && isUsedUp(balance))
                .max(Comparator.comparing(Balance::resetAt))
                .map(balance -> "waits for quota " + balance.limit().name() + ", which is whole again at "
                        + ExplanationText.when(balance.resetAt(), facts.at())
                        + "; parts of it come free before" + usedMostBy(balance));
    }

    private boolean isUsedUp(Balance balance) {
        return balance.left() <= balance.kept() ? facts.waiting() > 0 : balance.share() >= NEARLY_USED;
    }

    private static String usedMostBy(Balance balance) {
        return balance.usedByLane().entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .map(entry -> "; most was used by " + entry.getKey())
                .orElse("");
    }

    private Optional<String> crowded() {
        return facts.inFlight() >= facts.maxInFlight() && facts.waiting() > 0
                ? Optional.of("all " + facts.maxInFlight() + " places are taken, so that " + facts.waiting()
                        + " wait for their turn, as it should be")
                : Optional.empty();
    }

    private String healthy() {
        if (facts.waiting() > 0) {
            return "requests are paced, so that the provider does not have to slow them down";
        }
        if (facts.resting() > 0) {
            return "requests failed for a passing reason, and are repeated after a rest of random length";
        }
        return facts.lastSuccess() == null ? "nothing was asked yet" : "nothing waits, and nothing holds requests back";
    }

    private Optional<Circuit> open(CircuitCause cause) {
        List<Circuit> open = facts.circuits().stream()
                .filter(circuit -> circuit.state() == CircuitState.OPEN && circuit.cause() == cause)
                .toList();
        return open.stream().max(Comparator.comparing(this::end));
    }

    private String until(Circuit circuit) {
        return ExplanationText.when(end(circuit), facts.at());
    }

    private Instant end(Circuit circuit) {
        Instant until = circuit.until();
        return until == null ? facts.at() : until;
    }

    private static String whose(Circuit circuit) {
        return "the " + circuit.reach().name().toLowerCase(Locale.ROOT);
    }
}
