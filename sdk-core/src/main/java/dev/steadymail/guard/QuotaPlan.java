package dev.steadymail.guard;

import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a provider charges for its methods, and how much of it may be spent. Immutable; the {@code with} methods return changed
 * copies.
 *
 * @param name for people, for example {@code gmail-2026}
 * @param since the day from which the provider has applied these figures, as far as we know
 * @param limits all limits, each counted by itself
 * @param costs units by method name
 * @param otherCost units of a method that is not in {@code costs}; as any cost, 0 to 1,000,000
 */
public record QuotaPlan(
        String name, LocalDate since, List<QuotaLimit> limits, Map<String, Integer> costs, int otherCost) {
    /** No quota at all: every method costs one unit of nothing. */
    public static final QuotaPlan NONE = new QuotaPlan("none", LocalDate.EPOCH, List.of(), Map.of(), 1);

    public QuotaPlan {
        limits = List.copyOf(limits);
        costs = Map.copyOf(costs);
        costs.forEach(QuotaPlan::requireCost);
        requireCost("other methods", otherCost);
    }

    private static void requireCost(String method, int units) {
        if (units < 0 || units > Request.MOST_UNITS) {
            throw new IllegalArgumentException(
                    "the cost of " + method + " must be between 0 and " + Request.MOST_UNITS + ", was " + units);
        }
    }

    /** Returns a plan that counts requests: at most {@code requests} of one account in any window of a length. */
    public static QuotaPlan requests(long requests, Duration window) {
        return new QuotaPlan(
                requests + " requests per " + words(window),
                LocalDate.EPOCH,
                List.of(QuotaLimit.perAccount(requests, window)),
                Map.of(),
                1);
    }

    /**
     * Returns the plan that a text of the kind "so many per window" describes, for one account, with one unit for every method:
     * {@code 250 requests per 100 s}, {@code 10,000 requests per 10 minutes}, {@code 15000 units/min}. For methods that cost more
     * than one unit, give {@link #limits} of the result to a plan that knows their costs, by {@link #withLimit}.
     *
     * @param text a number, optionally {@code requests}, {@code calls} or {@code units} and {@code per user}; then {@code per} or a
     *     slash, and a length in seconds, minutes, hours or days
     * @throws IllegalArgumentException where the text does not read so, or number or window are outside the bounds of a
     *     {@link QuotaLimit}
     */
    public static QuotaPlan parse(String text) {
        QuotaText quota = QuotaText.parse(text);
        return requests(quota.count(), quota.window());
    }

    private static String words(Duration window) {
        return window.toNanosPart() == 0 ? window.toSeconds() + " s" : window.toString();
    }

    /** Returns what one call of a method costs. */
    public int cost(String method) {
        return costs.getOrDefault(method, otherCost);
    }

    /** Returns what a planned operation costs, without sending anything: calls by method. */
    public long price(Map<String, Integer> calls) {
        return calls.entrySet().stream()
                .mapToLong(entry -> (long) cost(entry.getKey()) * entry.getValue())
                .sum();
    }

    public QuotaPlan withCost(String method, int units) {
        Map<String, Integer> changed = new HashMap<>(costs);
        changed.put(method, units);
        return new QuotaPlan(name, since, limits, changed, otherCost);
    }

    /** Replaces the limit of that name, or adds one. */
    public QuotaPlan withLimit(QuotaLimit limit) {
        List<QuotaLimit> changed = new ArrayList<>(limits);
        changed.removeIf(old -> old.name().equals(limit.name()));
        changed.add(limit);
        return new QuotaPlan(name, since, changed, costs, otherCost);
    }
}
