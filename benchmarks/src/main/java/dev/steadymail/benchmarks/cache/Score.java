package dev.steadymail.benchmarks.cache;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Look-ups that were answered and that were not, and what the provider charged. Not thread-safe. */
final class Score {
    private final Map<LookUp, long[]> counts = new EnumMap<>(LookUp.class);
    private long units;

    /** What is looked up. */
    enum LookUp {
        MAILBOXES,
        LIST,
        METADATA,
        BODY
    }

    Score() {
        for (LookUp kind : LookUp.values()) {
            counts.put(kind, new long[2]);
        }
    }

    void add(LookUp kind, boolean hit) {
        add(kind, hit ? 1 : 0, hit ? 0 : 1);
    }

    void add(LookUp kind, long hits, long misses) {
        long[] count = counts.getOrDefault(kind, new long[2]);
        count[0] += hits;
        count[1] += misses;
    }

    void charge(long some) {
        units += some;
    }

    long units() {
        return units;
    }

    long lookUps() {
        return sum(0) + sum(1);
    }

    double hitRate() {
        return (double) sum(0) / lookUps();
    }

    private long sum(int which) {
        return counts.values().stream().mapToLong(count -> count[which]).sum();
    }

    /** Returns what was not answered, by kind. */
    String misses() {
        return counts.entrySet().stream()
                .map(kind -> "%s %,d of %,d"
                        .formatted(
                                kind.getKey().name().toLowerCase(Locale.ROOT),
                                kind.getValue()[1],
                                kind.getValue()[0] + kind.getValue()[1]))
                .collect(Collectors.joining(", "));
    }
}
