package dev.steadymail.cli.doctor;

import dev.steadymail.cli.terminal.JsonLine;
import dev.steadymail.guard.Explanation;
import dev.steadymail.guard.Explanation.Circuit;
import dev.steadymail.guard.Explanation.Waiting;
import dev.steadymail.guard.Ledger.Balance;
import dev.steadymail.mail.Lane;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An explanation for programs: its own names, times as ISO-8601 in UTC, lengths in milliseconds. */
final class ExplanationJson {
    private ExplanationJson() {}

    static JsonLine of(Explanation facts) {
        return new JsonLine()
                .put("at", time(facts.at()))
                .put("waiting", waiting(facts))
                .put("resting", facts.resting())
                .put("nextAttempt", time(facts.nextAttempt()))
                .put("inFlight", facts.inFlight())
                .put("maxInFlight", facts.maxInFlight())
                .put("configuredMaxInFlight", facts.configuredMaxInFlight())
                .putAll(
                        "circuits",
                        facts.circuits().stream().map(ExplanationJson::circuit).toList())
                .put("plan", facts.ledger().plan())
                .putAll(
                        "quotas",
                        facts.ledger().balances().stream()
                                .map(ExplanationJson::quota)
                                .toList())
                .put("retryTokens", facts.retryTokens())
                .put("lastSuccess", time(facts.lastSuccess()))
                .put("sharedLimits", facts.sharedLimits());
    }

    private static JsonLine waiting(Explanation facts) {
        JsonLine lanes = new JsonLine();
        for (Lane lane : Lane.values()) {
            Waiting waiting = facts.lanes().get(lane);
            if (waiting != null) {
                lanes.put(lane.name(), waiting(waiting));
            }
        }
        return lanes;
    }

    private static JsonLine waiting(Waiting waiting) {
        return new JsonLine()
                .put("calls", waiting.calls())
                .put("oldestMs", waiting.oldest().toMillis());
    }

    private static JsonLine circuit(Circuit circuit) {
        return new JsonLine()
                .put("reach", circuit.reach().name())
                .put("state", circuit.state().name())
                .put("cause", circuit.cause() == null ? null : circuit.cause().name())
                .put("until", time(circuit.until()));
    }

    private static JsonLine quota(Balance balance) {
        return new JsonLine()
                .put("name", balance.limit().name())
                .put("reach", balance.limit().reach().name())
                .put("units", balance.limit().units())
                .put("windowMs", balance.window().toMillis())
                .put("enforced", balance.limit().enforced())
                .put("used", balance.used())
                .put("left", balance.left())
                .put("kept", balance.kept())
                .put("resetAt", time(balance.resetAt()))
                .put("usedByLane", byLane(balance.usedByLane()));
    }

    private static JsonLine byLane(Map<Lane, Long> used) {
        JsonLine lanes = new JsonLine();
        Arrays.stream(Lane.values())
                .filter(used::containsKey)
                .forEach(lane -> lanes.put(lane.name(), used.getOrDefault(lane, 0L)));
        return lanes;
    }

    private static @Nullable String time(@Nullable Instant instant) {
        return instant == null ? null : instant.toString();
    }
}
