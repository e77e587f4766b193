package dev.steadymail.guard;

import dev.steadymail.guard.Explanation.Circuit;
import dev.steadymail.guard.Explanation.Waiting;
import dev.steadymail.guard.Ledger.Balance;
import dev.steadymail.mail.Lane;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Writes an explanation for people: one fact a line, a word for what it is about in front, one line of advice at the end. Times are
 * UTC, to the second.
 */
final class ExplanationText {
    private static final int TOKENS_OF_A_RETRY = 5;

    private final Explanation facts;
    private final List<String> lines = new ArrayList<>();

    private ExplanationText(Explanation facts) {
        this.facts = facts;
    }

    /** Returns lines, each ended by a line feed. */
    static String of(Explanation explanation) {
        ExplanationText text = new ExplanationText(explanation);
        text.write();
        return text.lines.stream().map(line -> line + "\n").collect(Collectors.joining());
    }

    private void write() {
        lane();
        flight();
        facts.circuits().forEach(circuit -> line("circuit", circuit(circuit)));
        facts.ledger().balances().forEach(this::balance);
        line("retries", retries());
        Instant success = facts.lastSuccess();
        line("served", success == null ? "not yet" : "last " + ago(success));
        if (facts.sharedLimits()) {
            line("shared", "circuits and quotas are shared with other processes");
        }
        line("advice", new ExplanationAdvice(facts).line());
    }

    private void lane() {
        List<Map.Entry<Lane, Waiting>> waiting = facts.lanes().entrySet().stream()
                .filter(entry -> entry.getValue().calls() > 0)
                .sorted(Map.Entry.comparingByKey())
                .toList();
        if (waiting.isEmpty()) {
            line("waiting", "nothing");
        }
        waiting.forEach(entry -> line(
                "waiting",
                entry.getValue().calls() + " in " + entry.getKey() + ", the first for "
                        + length(entry.getValue().oldest())));
        if (facts.resting() > 0) {
            line("resting", facts.resting() + " failed and rest before they are repeated");
        }
        Instant next = facts.nextAttempt();
        if (next != null) {
            line("next", next.isAfter(facts.at()) ? "may start " + when(next, facts.at()) : "may start now");
        }
    }

    private void flight() {
        int most = facts.maxInFlight();
        String limit = facts.inFlight() + " of " + most;
        int configured = facts.configuredMaxInFlight();
        if (most < configured) {
            limit += ", lowered from " + configured + " since the provider said it was too many at once";
        } else if (most > configured) {
            limit += ", grown from " + configured;
        }
        line("in flight", limit);
    }

    private String circuit(Circuit circuit) {
        String name = circuit.reach().name().toLowerCase(Locale.ROOT) + " ";
        if (circuit.state() == CircuitState.CLOSED) {
            return name + "closed, requests pass";
        }
        if (circuit.state() == CircuitState.HALF_OPEN) {
            return name + "half open, one request finds out whether the provider serves again";
        }
        Instant until = circuit.until();
        return name + "open"
                + (until == null ? "" : " until " + when(until, facts.at()))
                + (circuit.cause() == CircuitCause.THROTTLED
                        ? ": the provider asked for it"
                        : ": too many requests failed");
    }

    private void balance(Balance balance) {
        QuotaLimit limit = balance.limit();
        String most = balance.left() + " of " + limit.units() + " left in " + length(balance.window());
        String kept = balance.kept() > 0 ? ", " + balance.kept() + " of them for INTERACTIVE only" : "";
        String whole = balance.used() > 0 ? ", whole again " + when(balance.resetAt(), facts.at()) : "";
        line("quota", limit.name() + " " + most + kept + whole + (limit.enforced() ? "" : " (only counted)"));
        if (!balance.usedByLane().isEmpty()) {
            line("used", limit.name() + " " + byLane(balance.usedByLane()));
        }
    }

    private static String byLane(Map<Lane, Long> used) {
        return used.entrySet().stream()
                .sorted(Comparator.comparing(Map.Entry::getKey))
                .map(entry -> entry.getKey() + " " + entry.getValue())
                .collect(Collectors.joining(", "));
    }

    private String retries() {
        int retries = facts.retryTokens() / TOKENS_OF_A_RETRY;
        return retries == 0 ? "none left until requests succeed again" : retries + " left";
    }

    private String ago(Instant past) {
        Duration age = Duration.between(past, facts.at());
        return age.isNegative() ? "at " + clock(past) : length(age) + " ago";
    }

    /** Times of another day are told with the day. */
    static String when(Instant instant, Instant now) {
        boolean near = Duration.between(now, instant).abs().compareTo(Duration.ofHours(12)) < 0;
        String left = instant.isAfter(now) ? " (in " + length(Duration.between(now, instant)) + ")" : "";
        return (near ? clock(instant) : upToSecond(instant)) + left;
    }

    private static String clock(Instant instant) {
        return upToSecond(instant).substring(11);
    }

    /** Rounded up, so that a wait is never told to be over too soon. */
    private static String upToSecond(Instant instant) {
        return Instant.ofEpochSecond(instant.plusNanos(999_999_999).getEpochSecond())
                .toString();
    }

    /** A length of time in its largest fitting unit, and the next smaller one where that tells something. */
    static String length(Duration length) {
        if (length.toSeconds() < 1) {
            return length.toMillis() + " ms";
        }
        if (length.toMinutes() < 2) {
            return length.toSeconds() + " s";
        }
        if (length.toHours() < 2) {
            return length.toMinutes() + " min" + rest(length.toSecondsPart(), "s");
        }
        return length.toDays() < 2
                ? length.toHours() + " h" + rest(length.toMinutesPart(), "min")
                : length.toDays() + " d" + rest(length.toHoursPart(), "h");
    }

    private static String rest(int part, String unit) {
        return part == 0 ? "" : " " + part + " " + unit;
    }

    private void line(String about, String fact) {
        lines.add(String.format(Locale.ROOT, "%-10s%s", about, fact));
    }
}
