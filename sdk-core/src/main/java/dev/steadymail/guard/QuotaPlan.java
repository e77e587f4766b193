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
 * @param otherCost units of a method that is not in {@code costs}, at least 0
 */
public record QuotaPlan(
        String name, LocalDate since, List<QuotaLimit> limits, Map<String, Integer> costs, int otherCost) {
    /** No quota at all: every method costs one unit of nothing. */
    public static final QuotaPlan NONE = new QuotaPlan("none", LocalDate.EPOCH, List.of(), Map.of(), 1);

    public QuotaPlan {
        limits = List.copyOf(limits);
        costs = Map.copyOf(costs);
    }

    /** Returns a plan that counts requests: at most {@code requests} of one account in any window of a length. */
    public static QuotaPlan requests(long requests, Duration window) {
        return new QuotaPlan(
                requests + " requests per " + window,
                LocalDate.EPOCH,
                List.of(QuotaLimit.perAccount(requests, window)),
                Map.of(),
                1);
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
